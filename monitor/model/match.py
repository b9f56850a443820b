"""What was found in an entry, and what was decided."""

from dataclasses import dataclass
from enum import StrEnum

from monitor.model.entry import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One place where a term of a watchlist stands in an entry."""

    watchlist: str
    #: The term as the user wrote it.
    term: str
    field: Field
    #: Offsets into the field's text, in characters; `start < end`.
    start: int
    end: int
    #: The text between them.
    form: str


class Reason(StrEnum):
    """Why an entry did, or did not, become an alert. The same word in log, page and command line."""

    MATCHED = "matched"
    BASELINE = "baseline"
    EXCLUDED = "excluded"
    NO_MATCH = "no match"
    TOO_SLOW = "too slow"
    FAILED = "failed"

    @property
    def sends(self) -> bool:
        """Whether this makes an alert."""
        return self is Reason.MATCHED


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one watchlist made of one entry."""

    watchlist: str
    reason: Reason
    #: Where its terms stand, in the order of fields and text; for EXCLUDED, the excluding terms too.
    matches: tuple[Match, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms that were found, each once, in the order found."""
        return tuple(dict.fromkeys(match.term for match in self.matches))

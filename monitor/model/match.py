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
    #: It matched in a passage of which is not known yet whether the whole site carries it.
    UNPROVEN = "unproven"
    #: It matches since it was edited.
    EDITED = "edited"
    #: It matched; with it, so many carry the story of an earlier alert that its priority rises.
    CORROBORATED = "corroborated"
    #: It matched, and is older than what was seen of its feed before.
    LATE = "late"
    #: It matched only in passages that the whole site carries.
    BOILERPLATE = "boilerplate"
    #: It matched, and tells what an earlier alert told.
    SAME_STORY = "same story"
    #: Its feed brought too much at once; the user decides.
    FLOOD_HELD = "flood held"
    BASELINE = "baseline"
    EXCLUDED = "excluded"
    NO_MATCH = "no match"
    TOO_SLOW = "too slow"
    FAILED = "failed"

    @property
    def sends(self) -> bool:
        """Whether this makes an alert."""
        return self in {Reason.MATCHED, Reason.UNPROVEN, Reason.EDITED, Reason.LATE, Reason.CORROBORATED}


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

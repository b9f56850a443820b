"""What an alert was made of, kept so that others can check it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.feed import Validators


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document as it was fetched, to be kept with the alerts that come of it."""

    #: Where it came from, after redirects; without secrets.
    url: str
    fetched: datetime
    validators: Validators
    #: As sent, "" if none.
    content_type: str
    #: SHA-256 of its bytes, decoded from their content coding; and how many these are.
    sha256: bytes
    size: int
    #: The bytes, as zlib packs them.
    packed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known of the document that an alert was made of; its bytes are kept for a while."""

    url: str
    fetched: datetime
    validators: Validators
    content_type: str
    #: In hexadecimal digits.
    sha256: str


class SnapshotState(StrEnum):
    """What became of asking an archive to keep an entry's page."""

    WAITING = "waiting"
    TAKEN = "taken"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What became of asking an archive to keep an entry's page."""

    state: SnapshotState
    #: Where the archive led to; "" until it is taken.
    url: str = ""
    #: When that was, or when it was last asked.
    at: datetime
    attempts: int
    #: None once it is taken or given up.
    next_attempt: datetime | None = None
    #: Why the last attempt did not succeed; "" otherwise.
    reason: str = ""

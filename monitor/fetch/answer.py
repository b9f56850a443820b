"""What the header of an answer says: validators, errors, and how long to stay away. Pure."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import responses

from monitor.model.feed import Validators
from monitor.model.poll import Failure, FetchFailed

#: However long a server wants us to stay away, we ask again after this.
LONGEST_WAIT = timedelta(hours=24)
_SECONDS = re.compile(r"[0-9]+")


def validators(headers: Mapping[str, str], *, sent: Validators | None = None) -> Validators:
    """Return what to ask with next time; `sent` fills in what a 304 leaves out (RFC 9111 §4.3.4)."""
    sent = sent or Validators()
    return Validators(
        etag=_exact(headers.get("ETag")) or sent.etag,
        last_modified=_exact(headers.get("Last-Modified")) or sent.last_modified,
    )


def refused(status: int, headers: Mapping[str, str], *, now: datetime) -> FetchFailed:
    """Return the failure that a status other than success stands for."""
    return FetchFailed(
        failure=Failure.GONE if status == HTTPStatus.GONE else Failure.HTTP,
        detail=f"{status} {responses.get(status, '')}".rstrip(),
        status=status,
        retry_after=retry_after(headers.get("Retry-After", ""), now=now),
    )


def retry_after(value: str, *, now: datetime) -> datetime | None:
    """Return when a Retry-After header lets us come back (RFC 9110 §10.2.3), None when it says nothing.

    Never before now, never later than `LONGEST_WAIT` from now.
    """
    value = value.strip()
    if _SECONDS.fullmatch(value):
        return now + timedelta(seconds=min(float(value), LONGEST_WAIT.total_seconds()))
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return None
    if then.tzinfo is None:  # asctime's form has no zone; all forms are in UTC (RFC 9110 §5.6.7)
        then = then.replace(tzinfo=UTC)
    return min(max(then.astimezone(UTC), now), now + LONGEST_WAIT)


def text(value: str | None) -> str:
    """Return a header's value, with bytes that are not UTF-8 replaced."""
    return (value or "").encode(errors="replace").decode()


def _exact(value: str | None) -> str | None:
    """Return a validator if it can be sent back byte for byte, which aiohttp can do with UTF-8 only."""
    try:
        (value or "").encode()
    except UnicodeEncodeError:
        return None
    return value or None

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
        retry_after=retry_after(headers.get("Retry-After", ""), now=now, sent=_date(headers.get("Date", ""))),
    )


def retry_after(value: str, *, now: datetime, sent: datetime | None = None) -> datetime | None:
    """Return when a Retry-After header lets us come back (RFC 9110 §10.2.3), None when it says nothing.

    Never before now, never later than `LONGEST_WAIT` from now. A date is meant by the clock of the server, by which it
    `sent` its answer (its Date header): that one and ours may differ.
    """
    wait = _seconds(value)
    if wait is None:
        then = _date(value)
        if then is None:
            return None
        wait = then - (sent or now)
    return now + min(max(wait, timedelta(0)), LONGEST_WAIT)


def freshness(headers: Mapping[str, str], *, cache_control: str, now: datetime) -> timedelta | None:
    """Return how long an answer stays fresh from now on (RFC 9111 §4.2), None when it does not say.

    `cache_control` is all that the answer says by that name. "no-cache" voids the rest: it is fresh for no time.
    """
    directives = {}
    for part in cache_control.lower().split(","):
        name, _, value = part.partition("=")
        directives[name.strip()] = value.strip(' \t"')
    if "no-store" in directives or directives.get("no-cache") == "":
        return timedelta(0)
    lifetime = _seconds(directives["max-age"]) if "max-age" in directives else _until_expiry(headers, now=now)
    if lifetime is None:
        return None
    age = _seconds(headers.get("Age", "")) or timedelta(0)
    return max(lifetime - age, timedelta(0))


def _until_expiry(headers: Mapping[str, str], *, now: datetime) -> timedelta | None:
    """Return the time between Date and Expires: the server's own clock, right or wrong."""
    expires = _date(headers.get("Expires", ""))
    if expires is None:
        return None
    lifetime = expires - (_date(headers.get("Date", "")) or now)
    return min(max(lifetime, timedelta(0)), LONGEST_WAIT)


def _seconds(value: str) -> timedelta | None:
    value = value.strip()
    return timedelta(seconds=min(float(value), LONGEST_WAIT.total_seconds())) if _SECONDS.fullmatch(value) else None


def _date(value: str) -> datetime | None:
    """Read a date (RFC 9110 §5.6.7), None if it is none."""
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return None
    # asctime's form has no zone; all forms are in UTC
    return then.astimezone(UTC) if then.tzinfo else then.replace(tzinfo=UTC)


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

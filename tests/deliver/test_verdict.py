"""The words of a log, and what they mean; answers over HTTP and SMTP are tested with real servers."""

import ssl
from datetime import UTC, datetime, timedelta

import pytest
import urllib3

from monitor.deliver import verdict
from monitor.model.alert import Outcome, Result

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("log", "result", "reason"),
    [
        (["Socket Exception: (421, b'4.3.2 bye')"], Result.FAILED, "SMTP 421"),
        (["Socket Exception: {'a@b': (552, b'full')}"], Result.REJECTED, "SMTP 552"),
        (["SMTP recipient a@b was refused: 450 b'busy'"], Result.FAILED, "SMTP 450"),
        (["IRC Exception: [Errno -2] Name or service not known"], Result.FAILED, "name not found"),
        (["Socket connect exception: [Errno 60] timed out"], Result.FAILED, "connection lost before the message"),
        (["Socket Exception: STARTTLS extension not supported by server."], Result.FAILED, "the server lacks"),
        (["Socket Exception: timed out", 'Sending email to "a@b" failed.'], Result.UNKNOWN, "no answer in time"),
        (["Socket Exception: Connection unexpectedly closed"], Result.UNKNOWN, "not sent, or not confirmed"),
        (["Payload: Connection refused by the ministry (550, b'"], Result.UNKNOWN, "not sent, or not confirmed"),
        ([], Result.UNKNOWN, "not sent, or not confirmed"),
    ],
)
def test_log(log: list[str], result: Result, reason: str) -> None:
    """What surely was not sent has failed, what was refused for good is rejected, and the rest may have arrived."""
    outcome = verdict.of_log(log)
    assert result is outcome.result
    assert outcome.reason.startswith(reason)


@pytest.mark.parametrize(
    ("fault", "result", "reason"),
    [
        (urllib3.exceptions.ProxyError("no", OSError()), Result.FAILED, "proxy failure"),
        (urllib3.exceptions.SSLError(ssl.SSLError("WRONG_VERSION_NUMBER")), Result.FAILED, "TLS failure"),
        (urllib3.exceptions.SSLError(ssl.SSLEOFError("cut")), Result.UNKNOWN, "connection lost before the answer"),
        (urllib3.exceptions.ConnectTimeoutError(), Result.FAILED, "no connection in time"),
    ],
)
def test_fault(fault: urllib3.exceptions.HTTPError, result: Result, reason: str) -> None:
    """A request that got no answer has failed where it can not have gone out."""
    assert Outcome(result=result, reason=reason) == verdict.of_fault(fault)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("Thu, 01 Jan 2026 12:05:00 GMT", timedelta(minutes=5)),
        ("Thu, 01 Jan 2026 11:00:00 GMT", timedelta(0)),
        ("999999999999", timedelta(days=1)),
        ("soon", None),
        (None, None),
    ],
)
def test_retry_after(header: str | None, wait: timedelta | None) -> None:
    """Retry-After is understood as seconds or as a date, and never for more than a day."""
    assert wait == verdict.wait_of(header, [], now=NOW)

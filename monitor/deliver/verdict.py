"""What became of an attempt, from what was seen on the wire; what counts is whether it may have arrived.

========================================================  =========  ====================================
seen                                                      result     why
========================================================  =========  ====================================
name not found, connection refused, no connection, TLS    FAILED     nothing was sent
failure, proxy failure
HTTP 408, 425, 429, 5xx; 3xx                              FAILED     not taken now (RFC 9110 §15.4-15.6)
HTTP 504, 524                                             UNKNOWN    a gateway gave up waiting for the answer
other HTTP 4xx                                            REJECTED   would be refused again
SMTP 4yz                                                  FAILED     transient (RFC 5321 §4.2.1)
SMTP 5yz                                                  REJECTED   permanent (RFC 5321 §4.2.1)
connection lost or silent before the message was begun    FAILED     nothing was sent
connection lost or silent after that                      UNKNOWN    it may have been taken
HTTP 2xx, and yet a failure is reported                   UNKNOWN    so it is
anything else                                             UNKNOWN    better twice than never
========================================================  =========  ====================================

Reasons are our own words, never text from the wire: that may repeat a token.
"""

import re
import ssl
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from urllib3 import exceptions as http

from monitor.model.alert import Outcome, Result

_NOT_NOW = frozenset({408, 425, 429})
_GATEWAY_TIMEOUTS = frozenset({504, 524})
#: Refusals of who we are, or because there is nothing: the same for each message (RFC 9110 §15.5).
_FOR_ALL = frozenset({401, 403, 404, 410})
_LOGIN_CODES = frozenset({"530", "534", "535", "538"})
_LONGEST_WAIT = timedelta(days=1)

#: Apprise writes what a library raised after these words; nothing else of its log is looked at.
_RAISED = re.compile(r"(?:Exception|exception|Socket Error|was refused):? ", re.DOTALL)
_SMTP_CODE = re.compile(r"(?:\(|^\S+ |was refused: )([45]\d\d),? b['\"]")
_WAIT = re.compile(r"['\"\s]retry_?after['\"]?: ?(\d{1,6}(?:\.\d+)?)", re.IGNORECASE)
_BEFORE_SENDING = (
    ("refused", "connection refused"),
    ("Name or service", "name not found"),
    ("nodename nor servname", "name not found"),
    ("name resolution", "name not found"),
    ("No address associated", "name not found"),
    ("CERTIFICATE_VERIFY_FAILED", "certificate not accepted"),
    ("unreachable", "not reachable"),
    ("not supported by server", "the server lacks the encryption or login that the URL asks for"),
)


def of_status(status: int, *, wait: timedelta | None) -> Outcome:
    """Return the outcome of an HTTP answer that the receiver's plug-in did not take for success."""
    reason = f"HTTP {status}"
    if status in _GATEWAY_TIMEOUTS:
        return Outcome(result=Result.UNKNOWN, reason=reason, retry_after=wait)
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Outcome(result=Result.UNKNOWN, reason=f"{reason}, but the answer reports a failure")
    if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in _NOT_NOW:
        return Outcome(result=Result.REJECTED, reason=reason, refuses_all=status in _FOR_ALL)
    return Outcome(result=Result.FAILED, reason=reason, retry_after=wait)


def of_fault(fault: http.HTTPError) -> Outcome:
    """Return the outcome of an HTTP request that got no answer."""
    cause = fault.reason if isinstance(fault, http.MaxRetryError) and fault.reason else fault
    for kind, reason in (
        (http.NameResolutionError, "name not found"),
        (http.NewConnectionError, "connection refused" if "refused" in str(cause) else "not reachable"),
        (http.ConnectTimeoutError, "no connection in time"),
        (http.ProxyError, "proxy failure"),
    ):
        if isinstance(cause, kind):
            return Outcome(result=Result.FAILED, reason=reason)
    if isinstance(cause, http.SSLError) and not isinstance(cause.args[0], ssl.SSLEOFError):
        certificate = isinstance(cause.args[0], ssl.SSLCertVerificationError)
        return Outcome(result=Result.FAILED, reason="certificate not accepted" if certificate else "TLS failure")
    if isinstance(cause, http.TimeoutError):
        return Outcome(result=Result.UNKNOWN, reason="no answer in time")
    return Outcome(result=Result.UNKNOWN, reason="connection lost before the answer")


def of_log(log: Sequence[str]) -> Outcome:
    """Return the outcome of an attempt that went not by HTTP, from the words of Apprise's log."""
    raised = [message for message in log if _RAISED.search(message)]
    for message in raised:
        if code := _SMTP_CODE.search(message):
            return _of_smtp(code[1])
    for message in raised:
        for words, reason in _BEFORE_SENDING:
            if words in message:
                return Outcome(result=Result.FAILED, reason=reason)
    if any("Connection error while submitting" in message or "connect exception" in message for message in log):
        return Outcome(result=Result.FAILED, reason="connection lost before the message was sent")
    if any("timed out" in message for message in raised):
        return Outcome(result=Result.UNKNOWN, reason="no answer in time")
    return Outcome(result=Result.UNKNOWN, reason="not sent, or not confirmed; the service gave no reason")


def _of_smtp(code: str) -> Outcome:
    if code in _LOGIN_CODES:
        return Outcome(result=Result.REJECTED, reason="authentication refused", refuses_all=True)
    return Outcome(result=Result.FAILED if code.startswith("4") else Result.REJECTED, reason=f"SMTP {code}")


def wait_of(header: str | None, log: Iterable[str], *, now: datetime) -> timedelta | None:
    """Return how long a receiver asks us to wait: by Retry-After (RFC 9110 §10.2.3), or by what its answer says."""
    if header and header.strip().isdecimal():
        return min(timedelta(seconds=min(int(header), 10**6)), _LONGEST_WAIT)
    if header:
        try:
            return max(timedelta(0), min(parsedate_to_datetime(header) - now, _LONGEST_WAIT))
        except (ValueError, TypeError):
            return None
    named = [found[1] for message in log if (found := _WAIT.search(message))]
    return min(timedelta(seconds=float(named[-1])), _LONGEST_WAIT) if named else None

"""The only file that knows Apprise. It runs in child processes; past it there are only our own types.

Apprise says True or False, and the rest in log text. So the HTTP answers that its plug-ins get are watched as they
come in, one layer down, in urllib3; for what goes by other ways (SMTP, IRC ...) the log has to do.
"""

# Apprise says that it is typed, and is by half.
# mypy: untyped-calls-exclude="apprise"

import difflib
import functools
import logging
from collections.abc import Callable
from datetime import datetime
from typing import ParamSpec
from urllib.parse import parse_qsl

import apprise
import urllib3
from apprise.manager_plugins import NotificationManager
from apprise.plugins.base import NotifyBase
from apprise.plugins.email import NotifyEmail
from urllib3.poolmanager import pool_classes_by_scheme

from monitor import clock
from monitor.deliver import verdict
from monitor.deliver.apprise_form import Prepared, message_id, prepared
from monitor.deliver.apprise_thread import Thread
from monitor.deliver.apprise_urgency import urgent
from monitor.model.alert import Notification, Outcome, Result
from monitor.model.calm import Priority

#: Answers and faults of HTTP requests since the last message was begun, oldest first.
_seen: list[urllib3.BaseHTTPResponse | urllib3.exceptions.HTTPError] = []


_Given = ParamSpec("_Given")


def _watching(urlopen: Callable[_Given, urllib3.BaseHTTPResponse]) -> Callable[_Given, urllib3.BaseHTTPResponse]:
    """Return `urlopen` that remembers what each request came to."""

    def watched(*args: _Given.args, **kwargs: _Given.kwargs) -> urllib3.BaseHTTPResponse:
        try:
            answer = urlopen(*args, **kwargs)
        except urllib3.exceptions.HTTPError as fault:
            _seen.append(fault)
            raise
        _seen.append(answer)
        return answer

    return watched


class _Watched(urllib3.HTTPConnectionPool):
    urlopen = _watching(urllib3.HTTPConnectionPool.urlopen)


class _WatchedTls(urllib3.HTTPSConnectionPool):
    # urllib3 itself ignores here that its pools take other arguments than their base class.
    urlopen = _watching(urllib3.HTTPSConnectionPool.urlopen)  # type: ignore[assignment]


def load_plugins() -> None:
    """Load all of Apprise's plug-ins; takes a second or two."""
    NotificationManager().load_modules()


def fault_of(url: str) -> str:
    """Return why this URL can not be a receiver and what to do, in words that repeat nothing of it; "" if it can."""
    scheme, found, _ = url.partition("://")
    known = NotificationManager().schemas()
    if not found:
        return "this is no Apprise URL; it starts with the service's name, as in tgram://, mailtos:// or ntfy://"
    if scheme.lower() in ("http", "https") and not apprise.Apprise.instantiate(url, asset=_asset()):
        return "no service is known at this web address; for a webhook of your own write json:// or jsons://"
    if scheme.lower() not in (*known, "http", "https"):
        near = difflib.get_close_matches(scheme.lower(), known, n=1)
        return "unknown service" + (
            f'; did you mean "{near[0]}://"?' if near else "; see https://appriseit.com/services/"
        )
    if "BOT_TOKEN" in url or "CHAT_ID" in url:
        return "these are the example's words: write your bot's token for BOT_TOKEN, and the chat's number for CHAT_ID"
    service = _load(url)
    if service is None:
        return _incomplete(NotificationManager()[scheme.lower()]).replace("{schema}", scheme.lower())
    return _unfit(service, {name.lower() for name, _ in parse_qsl(url.partition("?")[2])})


def send(url: str, notification: Notification, *, seconds: float) -> Outcome:
    """Send one message by the service that `url` names; gives up on a silent server well before `seconds` are over."""
    service = _service(_urgent(url, notification.priority), seconds)
    if service is None:
        return Outcome(result=Result.REJECTED, reason="the receiver's URL can not be used")
    message = prepared(service, notification)
    if notification.several and not message.fits:
        return Outcome(result=Result.TOO_LONG, reason="too long for this receiver")
    in_thread = _thread(service).begin(notification.follows)
    outcome = _attempt(service, message)
    if in_thread and outcome.result is Result.REJECTED:  # what it came under may be deleted
        _thread(service).begin(())
        outcome = _attempt(service, message)
    return outcome


def _attempt(service: NotifyBase, message: Prepared) -> Outcome:
    door = apprise.Apprise(asset=service.asset)
    door.add(service)
    _seen.clear()
    answer = door.notify(
        message.body,
        title=message.title,
        body_format=message.format,
        interpret_escapes=False,
        log_level=logging.DEBUG,
    )
    if answer.status is apprise.AppriseResultStatus.SUCCESS and len(answer) == 1:
        return Outcome(result=Result.SENT, receipt=_thread(service).receipt or message_id())
    return _verdict([entry.message for entry in answer.logs()])


def _verdict(log: list[str]) -> Outcome:
    """Return what the last answer, or fault, on the wire means."""
    if not _seen:
        return verdict.of_log(log)
    last = _seen[-1]
    if isinstance(last, urllib3.exceptions.HTTPError):
        return verdict.of_fault(last)
    return verdict.of_status(last.status, wait=verdict.wait_of(last.headers.get("Retry-After"), log, now=clock.now()))


@functools.cache
def _asset() -> apprise.AppriseAsset:
    """Return our settings: our name, no pictures from third parties, nothing on disk, no thread but this one.

    A redirect is not followed: a POST would arrive as a GET without its message, and be taken for success.
    """
    return apprise.AppriseAsset(
        app_id="rss-monitor",
        app_desc="rss-monitor",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        async_mode=False,
        service_timeout=0,
        secure_logging=True,
        http_redirects=False,
        storage_mode="memory",
        allow_templates=False,
    )


def _load(url: str) -> NotifyBase | None:
    log = logging.getLogger("apprise")
    log.setLevel(logging.DEBUG)  # what a library raised is written at this level only
    log.propagate = False  # it names hosts and tokens; what it has to say is said by our outcome
    return apprise.Apprise.instantiate(url, asset=_asset())


@functools.cache
def _thread(service: NotifyBase) -> Thread:
    return Thread(service)


@functools.cache
def _urgent(url: str, priority: Priority) -> str:
    service = None if priority is Priority.NORMAL else _load(url)
    return url if service is None else urgent(url, service, priority)


@functools.cache
def _service(url: str, seconds: float) -> NotifyBase | None:
    """Return the service, ready to send; kept, so that one that logs in does so once."""
    pool_classes_by_scheme.update(http=_Watched, https=_WatchedTls)
    service = _load(url)
    if service is not None:
        if "cto=" not in url:
            service.socket_connect_timeout = seconds / 3
        if "rto=" not in url:
            service.socket_read_timeout = seconds / 2
        service.overflow_mode = apprise.OverflowMode.TRUNCATE
        service.body_max_line_count = 0
        # It sleeps between messages, and some plug-ins as long as a server says; when to send is decided before.
        service.throttle = _at_once  # type: ignore[method-assign]
    return service


def _at_once(last_io: datetime | None = None, wait: float | None = None) -> None:
    """Stand for Apprise's throttle; its parameters."""


def _incomplete(plugin: type[NotifyBase]) -> str:
    """Say what this service's URL needs."""
    if not plugin.enabled:
        packages = plugin.requirements.get("packages_required") or "a package that is not there"
        names = packages if isinstance(packages, str) else ", ".join(packages)
        return f"{plugin.service_name} needs {names}, which is not installed"
    form = max(plugin.templates, key=len, default="")
    return f"this {plugin.service_name} URL lacks a part, or has one in a wrong form: {form}; see {plugin.setup_url}"


def _unfit(service: NotifyBase, options: set[str]) -> str:
    """Say why one message to this service might be several or none, or its failure not be seen."""
    copies = getattr(service, "cc", None) or getattr(service, "bcc", None)
    notes = getattr(service, "action", "") == "map" and getattr(service, "mapping", {}).get(apprise.NotifyType.INFO)
    wrong = (
        (service.optional, 'take "optional=" out of the URL: with it a failure would pass for success'),
        (service.retry, 'take "retry=" out of the URL: rss-monitor tries again by itself'),
        (
            "tag" in options and "tag" not in service.template_args,
            'take "tag=" out of the URL: a watchlist\'s "notify" says who is told',
        ),
        (notes == "note", 'write "action=new" in the URL: else its plug-in sends nothing, and reports success'),
        (
            isinstance(service, NotifyEmail) and not service.targets,
            'nobody to write to: the address after "to=" is none',
        ),
        (
            len(service) > 1 or copies,
            "more than one recipient: write a receiver for each, so that what failed for one is not repeated to all",
        ),
    )
    return next((words for is_wrong, words in wrong if is_wrong), "")

"""How a plug-in of Apprise is given a message: in which format, how written, how long. Runs where `apprise_door` does.

What a plug-in would make of plain text is often not what its channel shows: Discord takes all text for Markdown, a
Matrix room shows the signs for a title. So each text is written here in the form that arrives as it should.
"""

# Apprise says that it is typed, and is by half.
# mypy: untyped-calls-exclude="apprise"

import json
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import make_msgid
from functools import partial
from types import SimpleNamespace

from apprise import NotifyFormat
from apprise.conversion import convert_between
from apprise.plugins.base import NotifyBase
from apprise.plugins.discord import NotifyDiscord
from apprise.plugins.email import NotifyEmail, smtp
from apprise.plugins.email import base as email
from apprise.plugins.matrix import NotifyMatrix
from apprise.plugins.mattermost import NotifyMattermost
from apprise.plugins.ntfy import NotifyNtfy
from apprise.plugins.slack import NotifySlack
from apprise.plugins.telegram import NotifyTelegram

from monitor.model.alert import HEADING, Notification
from monitor.render import fit, forms, mail

#: Formats to ask for where a plug-in knows several; for others it is plain text, or what they know instead.
_WANTED = {
    NotifyEmail: NotifyFormat.HTML,
    NotifyMatrix: NotifyFormat.HTML,
    NotifyTelegram: NotifyFormat.HTML,
    NotifySlack: NotifyFormat.MARKDOWN,
}
#: Those whose text is Markdown, whatever Apprise calls it.
_MARKDOWN = (NotifyDiscord, NotifyMattermost)
#: Those that know a few tags of HTML; where HTML is asked for otherwise, it is mail or a page.
_TAGS = (NotifyMatrix, NotifyTelegram)
#: Those that would put signs around a title.
_UNTITLED = (NotifyDiscord, NotifyMatrix)
#: Nobody reads more in a chat; and events of Matrix count bytes of what is said twice.
_LONGEST = 12_000
#: What a mail may hold, and any server takes.
_LONGEST_MAIL = 200_000
#: ntfy takes 4,096 bytes of text, and some 8,000 of JSON, the title included; of what is longer Apprise makes a file.
_LONGEST_NTFY, _LONGEST_NTFY_JSON = 3_900, 7_700
#: If the URL asks Slack for blocks: its own for a section; and for a header 150, with `<` as `&lt;`.
_LONGEST_BLOCK, _LONGEST_HEADER = 3_000, 100
#: Room for what stands around a title in the body.
_TITLE_FRAME = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What to give to Apprise."""

    title: str
    body: str
    format: NotifyFormat
    #: Whether it is within the service's limits.
    fits: bool


def prepared(service: NotifyBase, notification: Notification) -> Prepared:
    """Return the message as this service should be given it, made to fit its limits as they count there."""
    written = service.resolve_format(_wanted(service))
    form = _form(service, written, notification.title)
    merged = service.title_maxlen <= 0 or isinstance(service, _UNTITLED)
    limit = _body_limit(service, notification.title, merged=merged)

    def size(text: str) -> int:
        return _size(service, service.dialect_convert(form(text), written))

    fitted = fit(notification, title_limit=0 if merged else _title_limit(service), body_limit=limit, size=size)
    title, body = fitted.title, fitted.body
    if merged and fitted.title:
        body = f"{HEADING}{fitted.title}\n{body}"
    if isinstance(service, NotifyEmail):
        if notification.subject:
            title = notification.subject
            form = form if written is NotifyFormat.HTML else partial(_plainly, notification)
        _mail(service, notification, _plainly(notification, body))
    room = limit + (_TITLE_FRAME if merged else 0)
    return Prepared(title="" if merged else title, body=form(body), format=written, fits=size(body) <= room)


def _plainly(notification: Notification, body: str) -> str:
    """Return a mail's plain text; where the subject is another alert's, its own title stands first."""
    own = f"{notification.title}\n\n" if notification.title not in notification.subject else ""
    return (own if notification.subject else "") + forms.plain(body)


def _wanted(service: NotifyBase) -> NotifyFormat:
    return next((form for kind, form in _WANTED.items() if isinstance(service, kind)), NotifyFormat.TEXT)


def _form(service: NotifyBase, written: NotifyFormat, title: str) -> Callable[[str], str]:
    """Return how to write a text for this service."""
    if written is NotifyFormat.HTML:
        return forms.html if isinstance(service, _TAGS) else partial(mail.document, title)
    if isinstance(service, _MARKDOWN):
        return forms.markdown
    if written is NotifyFormat.MARKDOWN:
        return forms.slack if isinstance(service, NotifySlack) else forms.commonmark
    return forms.plain


def _title_limit(service: NotifyBase) -> int:
    return _LONGEST_HEADER if getattr(service, "use_blocks", False) else service.title_maxlen


def _body_limit(service: NotifyBase, title: str, *, merged: bool) -> int:
    if isinstance(service, NotifyEmail):
        service.body_maxlen = _LONGEST_MAIL
        return _LONGEST_MAIL
    limit = min(service.body_maxlen - service.overflow_buffer, _LONGEST)
    if isinstance(service, NotifyNtfy):
        limit = min(limit, _LONGEST_NTFY, (_LONGEST_NTFY_JSON - len(json.dumps(title))) // 2)
    if getattr(service, "use_blocks", False):
        limit = min(limit, _LONGEST_BLOCK)
    if merged:
        return limit - _TITLE_FRAME
    if service.overflow_amalgamate_title:
        return limit - min(len(title) + service.overflow_max_display_count_width, service.title_maxlen)
    return limit


def _size(service: NotifyBase, text: str) -> int:
    """How long a service finds a text: ntfy counts bytes, of which JSON may hold twice as many; others, UTF-16."""
    if isinstance(service, NotifyNtfy):
        return max(len(text.encode()), len(json.dumps(text)) // 2)
    return len(text.encode("utf-16-le")) // 2


#: The text that stands beside a mail's HTML, the id of the mail that is made next, and how the mail spells it; there is
#: one at a time.
_beside: list[str] = ["", "", ""]
#: Of each mail receiver; never another one's, as its plug-in writes into it which certificates it takes.
_contexts: dict[NotifyEmail, ssl.SSLContext] = {}


def _mail(service: NotifyEmail, notification: Notification, text: str) -> None:
    """Give the mail a text of its own, an id that is the same at each attempt, and headers (RFC 3834, R37).

    Apprise knows no way to do so; what its plug-in calls for it is ours.
    """
    vars(smtp).update(ssl=_tls(service))
    _beside[:] = text, notification.id, ""
    vars(email).update(convert_between=_text_beside, make_msgid=_message_id)
    service.headers["Auto-Submitted"] = "auto-generated"
    service.headers.pop("X-Alert-ID", None)
    if notification.alert is not None:
        service.headers["X-Alert-ID"] = str(notification.alert)


def _tls(service: NotifyEmail) -> SimpleNamespace:
    """Return `ssl` with one context for all mails of a receiver: to read all authorities takes 20 ms of CPU."""
    if service not in _contexts:
        _contexts[service] = ssl.create_default_context()
    return SimpleNamespace(**{**vars(ssl), "create_default_context": lambda: _contexts[service]})


def _text_beside(given: NotifyFormat, wanted: NotifyFormat, content: str) -> str:
    made: str = convert_between(given, wanted, content)
    return _beside[0] if (given, wanted) == (NotifyFormat.HTML, NotifyFormat.TEXT) else made


def _message_id(domain: str) -> str:
    _beside[2] = f"<{_beside[1]}@{domain}>" if _beside[1] else make_msgid(domain=domain)
    return _beside[2]


def message_id() -> str:
    """Return the Message-ID of the mail that was made last; "" if the last message was none."""
    return _beside[2]

"""How a message comes under another one, where a channel has threads. Runs where `apprise_door` does.

Apprise gives no message's id away, and knows no threads but Slack's, by a time that is a part of the URL. So the calls
by which two of its plug-ins send are watched: for the id in the answer, and to name in what is sent the message before.
Webhooks of Slack and Discord are told no id; there, as everywhere else, a line of the message has to do.
"""

# Apprise says that it is typed, and is by half.
# mypy: untyped-calls-exclude="apprise"

from collections.abc import Callable, Mapping
from typing import Any

from apprise.plugins.base import NotifyBase
from apprise.plugins.email import NotifyEmail
from apprise.plugins.matrix import NotifyMatrix
from apprise.plugins.slack import NotifySlack

#: Of a mail's References (RFC 5322 §3.6.4), at most: several alerts in one mail may come under many.
_MOST = 20


class Thread:
    """The thread of one service's messages, which are sent one at a time."""

    def __init__(self, service: NotifyBase) -> None:
        self._service = service
        self._before = ""
        #: What the last message is known by at its receiver; "" if nobody says.
        self.receipt = ""
        if isinstance(service, NotifyMatrix):
            _wrap(service, "_fetch", self._matrix)
        elif isinstance(service, NotifySlack):
            _wrap(service, "_send", self._slack)

    def begin(self, follows: tuple[str, ...]) -> bool:
        """Have the next message come under those of these receipts; return whether it will in a thread of a chat."""
        self._before, self.receipt = (follows or ("",))[0], ""
        if isinstance(self._service, NotifyEmail):
            headers = {"In-Reply-To": self._before, "References": " ".join(follows[:_MOST])}
            self._service.headers.update(headers)
            for name in headers if not follows else ():
                del self._service.headers[name]
        return bool(follows) and isinstance(self._service, NotifyMatrix | NotifySlack)

    def _matrix(self, fetch: Callable[..., Any]) -> Callable[..., Any]:
        """Watch events (m.thread, Matrix 1.4); what an encrypted one relates to stands outside of it, too."""

        def fetching(path: str | None, payload: Mapping[str, object] | None = None, **more: object) -> object:
            is_event = "/send/m.room." in (path or "")
            if payload is not None and is_event and self._before:
                reply = {"is_falling_back": True, "m.in_reply_to": {"event_id": self._before}}
                payload = {**payload, "m.relates_to": {"rel_type": "m.thread", "event_id": self._before, **reply}}
            answer = fetch(path, payload=payload, **more)
            if is_event and isinstance(answer[1], dict):
                self.receipt = str(answer[1].get("event_id") or "")
            return answer

        return fetching

    def _slack(self, send: Callable[..., Any]) -> Callable[..., Any]:
        """Watch messages of a bot; a thread that the URL names is where they stay."""

        def sending(url: str, payload: Mapping[str, object], **more: object) -> object:
            is_message = url.endswith("/chat.postMessage")
            if is_message and self._before:
                payload = {"thread_ts": self._before, **payload}
            answer = send(url, payload, **more)
            if is_message and isinstance(answer, dict):
                self.receipt = str(answer.get("ts") or "")
            return answer

        return sending


def _wrap(service: NotifyBase, name: str, wrapper: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    setattr(service, name, wrapper(getattr(service, name)))

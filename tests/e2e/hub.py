"""A hub in threads of its own, for the command as a user runs it: it verifies at once, and pushes when told."""

import hashlib
import hmac
import threading
import urllib.request
from urllib.parse import parse_qsl, urlencode

from tests.servers import Page, Site, rss

HUB = "/hub"


class Hub(Site):
    """A site that is its own hub."""

    def __init__(self) -> None:
        super().__init__()
        #: The form of each subscription, by topic.
        self.subscriptions: dict[str, dict[str, str]] = {}
        #: Answers with these paths wait for these events.
        self.gates: dict[str, threading.Event] = {}
        self._changed = threading.Condition()

    def announce(self, path: str, *items: tuple[str, str]) -> None:
        """Serve a feed that names its hub and itself."""
        links = f"<atom:link rel='hub' href='{self.url(HUB)}'/><atom:link rel='self' href='{self.url(path)}'/>"
        head = "<channel xmlns:atom='http://www.w3.org/2005/Atom'>" + links
        body = rss(*items).replace(b"<channel>", head.encode())
        self.pages[path] = Page(body, headers={"Content-Type": "application/rss+xml"})

    def push(self, path: str, *items: tuple[str, str]) -> int:
        """Push new entries of a feed; the status that comes back."""
        form = self.subscriptions[self.url(path)]
        body = rss(*items)
        signature = hmac.new(form["hub.secret"].encode(), body, hashlib.sha256).hexdigest()
        request = urllib.request.Request(
            form["hub.callback"],
            body,
            {"X-Hub-Signature": f"sha256={signature}", "Content-Type": "application/rss+xml"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return int(answer.status)

    def wait_for(self, *paths: str) -> None:
        """Wait until these feeds, and no others, are subscribed to."""
        topics = {self.url(path) for path in paths}
        with self._changed:
            assert self._changed.wait_for(lambda: self.subscriptions.keys() == topics, 60), self.subscriptions

    def wait_for_request(self, path: str) -> None:
        """Wait until someone asks for this path, or has asked."""
        with self._changed:
            assert self._changed.wait_for(lambda: path in self.requests, 60), self.requests

    def handle(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        if path != HUB:
            with self._changed:
                self.requests.append(path)
                self._changed.notify_all()
            gate = self.gates.get(path)
            assert gate is None or gate.wait(60)
            page = self.pages.get(path, Page(status=404))
            return page.status, page.headers, page.body
        form = dict(parse_qsl(body.decode()))
        threading.Thread(target=self._verify, args=(form,), daemon=True).start()
        return 202, {}, b""

    def _verify(self, form: dict[str, str]) -> None:
        mode, topic = form["hub.mode"], form["hub.topic"]
        question = {"hub.mode": mode, "hub.topic": topic, "hub.challenge": "c", "hub.lease_seconds": "864000"}
        with urllib.request.urlopen(f"{form['hub.callback']}?{urlencode(question)}", timeout=20) as answer:
            assert answer.read() == b"c"
        with self._changed:
            if mode == "subscribe":
                self.subscriptions[topic] = form
            else:
                del self.subscriptions[topic]
            self._changed.notify_all()

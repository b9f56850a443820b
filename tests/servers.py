"""Real servers on loopback for tests: a site with feeds, and a webhook that remembers what it got."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


class _Server:
    """Serves `handle` in a thread while it is open."""

    def __init__(self) -> None:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._answer(b"")

            def do_POST(self) -> None:
                self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

            def _answer(self, body: bytes) -> None:
                status, headers, answer = outer.handle(self.path, dict(self.headers), body)
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(answer))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    def handle(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        raise NotImplementedError

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@dataclass(frozen=True)
class Page:
    """An answer other than a plain 200."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class Site(_Server):
    """A web site: what `pages` holds by path, else 404."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: dict[str, Page] = {}
        self.requests: list[str] = []

    def url(self, path: str) -> str:
        return f"http://{self.address}{path}"

    def publish(self, path: str, *items: tuple[str, str]) -> None:
        """Serve an RSS feed of these entries, each (id, title), the newest first."""
        self.pages[path] = Page(rss(*items), headers={"Content-Type": "application/rss+xml; charset=utf-8"})

    def handle(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        self.requests.append(path)
        page = self.pages.get(path, Page(status=404))
        return page.status, page.headers, page.body


class Webhook(_Server):
    """Takes what Apprise posts as JSON; `status` is what it answers."""

    def __init__(self) -> None:
        super().__init__()
        self.status = 200
        self.received: list[dict[str, str]] = []
        self._arrived = threading.Condition()

    @property
    def url(self) -> str:
        """Its Apprise URL."""
        return f"json://{self.address}/hook"

    def titles(self) -> list[str]:
        return [message["title"] for message in self.received]

    def wait_for(self, count: int, *, seconds: float = 20) -> list[str]:
        """Return the titles once there are so many; fails when they do not come."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: len(self.received) >= count, seconds), self.titles()
        return self.titles()

    def handle(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        if self.status == 200:
            with self._arrived:
                self.received.append(json.loads(body))
                self._arrived.notify_all()
        return self.status, {}, b""


def rss(*items: tuple[str, str]) -> bytes:
    """An RSS 2.0 document of entries (id, title)."""
    entries = "".join(
        f"<item><guid isPermaLink='false'>{id_}</guid><title>{title}</title>"
        f"<link>https://paper.example/{id_}</link></item>"
        for id_, title in items
    )
    return f"<rss version='2.0'><channel><title>Paper</title>{entries}</channel></rss>".encode()

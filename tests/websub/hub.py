"""A small hub, with the site whose feeds it pushes, on loopback."""

import asyncio
import hashlib
import hmac
import io
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web

PATIENCE = 20


@dataclass
class Page:
    """What the site answers."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Answer:
    """What our callback answered."""

    status: int
    text: str


class Hub:
    """Takes requests at `/hub`; it verifies and pushes when a test says so."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        #: What hub addresses answer to a request, by path.
        self.answers: dict[str, Page] = {"/hub": Page(status=202)}
        #: Paths of the requests, and the forms that came to hub addresses.
        self.paths: list[str] = []
        self._forms: asyncio.Queue[dict[str, str]] = asyncio.Queue()

    async def __aenter__(self) -> Self:
        self._runner = web.ServerRunner(web.Server(self._handle, access_log=None), shutdown_timeout=0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()
        await self._runner.cleanup()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}{path}"

    async def asked(self) -> dict[str, str]:
        """The next form that came."""
        return await asyncio.wait_for(self._forms.get(), PATIENCE)

    async def verify(self, form: dict[str, str], **changes: str) -> Answer:
        """Ask whether the form was meant (WebSub §5.3); `changes` replace parts of the question."""
        question = {"mode": form["hub.mode"], "topic": form["hub.topic"], "challenge": "c-h-a-l", **changes}
        if question["mode"] == "subscribe":
            question.setdefault("lease_seconds", form["hub.lease_seconds"])
        params = {f"hub.{name}": value for name, value in question.items()}
        return await self.get(form["hub.callback"], params)

    async def get(self, url: str, params: dict[str, str]) -> Answer:
        async with self._session.get(url, params=params) as response:
            return Answer(response.status, await response.text())

    async def push(self, form: dict[str, str], body: bytes, *, signature: str | None = None, **headers: str) -> int:
        """Deliver a document, signed with the secret unless there is another signature; the status that comes back."""
        signature = sign(form["hub.secret"], body) if signature is None else signature
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        given |= {"X-Hub-Signature": signature} if signature else {}
        async with self._session.post(form["hub.callback"], data=io.BytesIO(body), headers=given) as response:
            return response.status

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        self.paths.append(request.path)
        page = self.pages.get(request.path, Page(status=404))
        if request.method == "POST":
            page = self.answers[request.path]
            form = dict(parse_qsl((await request.read()).decode(), keep_blank_values=True))
            if page.status not in {307, 308}:
                self._forms.put_nowait(form)
        return web.Response(status=page.status, body=page.body, headers=page.headers)


def sign(secret: str, body: bytes, method: str = "sha256") -> str:
    digest = hmac.new(secret.encode(), body, getattr(hashlib, method)).hexdigest()
    return f"{method}={digest}"

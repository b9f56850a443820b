"""Receivers that misbehave below HTTP, on loopback."""

import contextlib
import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

import trustme


class Wire:
    """A listening socket that does nothing but listen; `on_request` says what becomes of a connection that spoke."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.spoken = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def url(self) -> str:
        return f"json://127.0.0.1:{self._socket.getsockname()[1]}/"

    def on_request(self, peer: socket.socket) -> None:
        """Leave it waiting."""

    def _serve(self) -> None:
        while True:
            try:
                peer, _ = self._socket.accept()
            except OSError:
                return
            self._open.append(peer)
            threading.Thread(target=self._talk, args=(peer,), daemon=True).start()

    def _talk(self, peer: socket.socket) -> None:
        peer.recv(65536)
        self.spoken.set()
        self.on_request(peer)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for peer in self._open:
            peer.close()
        self._thread.join()


class Resetting(Wire):
    """Takes the request and resets the connection."""

    def on_request(self, peer: socket.socket) -> None:
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        peer.close()


class Dripping(Wire):
    """Answers one byte at a time, without end and faster than any timeout between two bytes."""

    def on_request(self, peer: socket.socket) -> None:
        gone = threading.Event()
        peer.sendall(b"HTTP/1.1 200 OK\r\nX-Drip: ")
        while not gone.wait(0.05):
            try:
                peer.sendall(b"x")
            except OSError:
                gone.set()


class Services:
    """A proxy that stands for every service of the web by name, with a certificate authority of its own."""

    def __init__(self, folder: Path) -> None:
        authority = trustme.CA()
        self.authority = folder / "authority.pem"
        authority.cert_pem.write_to_path(str(self.authority))
        self.status, self.headers, self.answer = 200, {"Content-Type": "application/json"}, b"{}"
        #: A request with this in it is answered with 404.
        self.refuse: bytes | None = None
        #: What is answered instead, by the end of the path.
        self.answers: dict[str, bytes] = {}
        #: Host, path, headers and body of each request.
        self.requests: list[tuple[str, str, dict[str, str], bytes]] = []
        outer = self

        class Proxy(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_CONNECT(self) -> None:
                self.host = self.path.partition(":")[0]
                tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
                authority.issue_cert(self.host).configure_cert(tls)
                self.send_response(200)
                self.end_headers()
                outside = self.rfile, self.wfile
                with (
                    contextlib.suppress(ssl.SSLError),
                    tls.wrap_socket(self.connection, server_side=True) as inside,
                    inside.makefile("rb") as self.rfile,
                    inside.makefile("wb") as self.wfile,
                ):
                    self.handle_one_request()
                self.rfile, self.wfile = outside
                self.close_connection = True

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                outer.requests.append((self.host, self.path, dict(self.headers), body))
                path = self.path.partition("?")[0]
                answer = next((each for end, each in outer.answers.items() if path.endswith(end)), outer.answer)
                self.send_response(404 if outer.refuse and outer.refuse in body else outer.status)
                for name, value in {**outer.headers, "Content-Length": str(len(answer))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer)

            do_GET = do_PUT = do_POST  # noqa: N815 - the base class's names

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "HTTPS_PROXY": f"http://127.0.0.1:{self._server.server_address[1]}",
            "NO_PROXY": "127.0.0.1,localhost",
            "REQUESTS_CA_BUNDLE": str(self.authority),
        }

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

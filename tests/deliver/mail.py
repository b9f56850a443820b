"""A mail server on loopback, with STARTTLS and authentication, that keeps what it takes and refuses on demand."""

import asyncio
import ssl
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from types import TracebackType
from typing import Self

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = b"monitor", b"s3cret"


@dataclass(frozen=True)
class Arrived:
    message: EmailMessage
    sender: str
    recipients: list[str]
    encrypted: bool
    login: bytes


class MailServer:
    """`replies` holds, by command ("RCPT" or "DATA"), what to answer instead of taking the message."""

    def __init__(self) -> None:
        self.arrived: list[Arrived] = []
        self.replies: dict[str, str] = {}
        self._login = b""
        self._tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        trustme.CA().issue_cert("localhost").configure_cert(self._tls)

    def url(
        self, *, password: str = PASSWORD.decode(), to: str = "desk@paper.example", more: str = "&verify=no"
    ) -> str:
        """Its Apprise URL; `verify=no` as its certificate is signed by nobody known."""
        return f"mailtos://monitor:{password}@{self.address}?mode=starttls&from=monitor@paper.example&to={to}{more}"

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def _authenticate(self, server: SMTP, session: Session, envelope: Envelope, kind: str, login: object) -> AuthResult:
        assert isinstance(login, LoginPassword)
        self._login = login.login
        good = (login.login, login.password) == (USER, PASSWORD)
        return AuthResult(success=good, handled=False, auth_data=login)

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if reply := self.replies.get("RCPT"):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if reply := self.replies.get("DATA"):
            return reply
        assert isinstance(envelope.content, bytes)
        assert envelope.mail_from is not None
        message = BytesParser(EmailMessage, policy=policy.default).parsebytes(envelope.content)
        self.arrived.append(
            Arrived(
                message=message,
                sender=envelope.mail_from,
                recipients=envelope.rcpt_tos,
                encrypted=session.ssl is not None,
                login=self._login,
            )
        )
        return "250 OK"

    def _session(self) -> SMTP:
        return SMTP(
            self,
            hostname="localhost",
            tls_context=self._tls,
            require_starttls=True,
            auth_required=True,
            authenticator=self._authenticate,
        )

    async def __aenter__(self) -> Self:
        self._server = await asyncio.get_running_loop().create_server(self._session, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()

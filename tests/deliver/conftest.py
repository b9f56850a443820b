from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from monitor.deliver import Sender
from monitor.model.alert import Notification, Receiver
from monitor.model.secret import Secret
from tests.deliver.mail import MailServer
from tests.servers import Webhook

NOTE = Notification(
    title="[агенты] Минюст объявил «иностранными агентами» пятерых",
    body=(
        "Медуза · published 3 Jun 2024 17:05, seen 17:12 (Europe/Kyiv)\n\n"
        "Реестр \x02иностранных агентов\x03 пополнился <b>ещё</b> раз & ещё.\n\n"
        "https://meduza.io/news/1?a=1&b=2\nAlert 1234 · rss-monitor"
    ),
    keep=("https://meduza.io/news/1?a=1&b=2", "Alert 1234"),
    alert=1234,
    id="alert-1234.0011223344556677",
)


@pytest_asyncio.fixture
async def sender() -> AsyncIterator[Sender]:
    sender = Sender(seconds=30)
    yield sender
    await sender.close()


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    with Webhook() as webhook:
        yield webhook


@pytest_asyncio.fixture
async def mail_server() -> AsyncIterator[MailServer]:
    async with MailServer() as server:
        yield server


def receiver(url: str, name: str = "desk") -> Receiver:
    return Receiver(name=name, url=Secret(url))

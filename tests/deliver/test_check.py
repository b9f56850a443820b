"""What is said of a receiver before anything is sent to it, and that no secret is ever said."""

import subprocess
import sys

import pytest

from monitor.deliver import Sender
from monitor.model.alert import Result
from tests.deliver.conftest import NOTE, receiver
from tests.servers import Webhook

CANARY = "c4nary"


@pytest.mark.parametrize(
    ("url", "remedy"),
    [
        (CANARY, "this is no Apprise URL"),
        (f"telegramm://{CANARY}", 'unknown service; did you mean "tgram://"?'),
        (f"{CANARY}://x", "unknown service; see https://"),
        ("tgram://BOT_TOKEN/CHAT_ID", "write your bot's token for BOT_TOKEN, and the chat's number for CHAT_ID"),
        (f"tgram://{CANARY}", "this Telegram URL lacks a part, or has one in a wrong form: tgram://{bot_token}"),
        (f"https://{CANARY}.example/hook", "write json:// or jsons://"),
        (f"mailto://u:{CANARY}@h.example?to=a@x.example,b@x.example", "write a receiver for each"),
        (f"mailto://u:{CANARY}@h.example?to=a@x.example&cc=b@x.example", "write a receiver for each"),
        (f"mailto://u:{CANARY}@h.example?to={CANARY}", 'the address after "to=" is none'),
        (f"tgram://123456789:abcdefg_hijklmnop{CANARY}/1/2", "write a receiver for each"),
        (f"ntfy://h.example/{CANARY}/b", "write a receiver for each"),
        (f"json://{CANARY}?optional=yes", 'take "optional=" out of the URL'),
        (f"json://{CANARY}?retry=2", 'take "retry=" out of the URL'),
        (f"opsgenie://{CANARY}{'a' * 30}", 'write "action=new" in the URL'),
        (f"jira://{CANARY}{'a' * 30}", 'write "action=new" in the URL'),
        (f"json://{CANARY}?tag=1:{CANARY}", 'take "tag=" out of the URL'),
    ],
)
async def test_unusable(sender: Sender, url: str, remedy: str) -> None:
    """A receiver that can not work is named with the remedy, and with nothing of its URL."""
    (fault,) = (await sender.check([receiver(url, "desk")])).values()
    assert remedy in fault
    assert CANARY not in fault


async def test_usable(sender: Sender) -> None:
    """Good receivers pass: mail, chat, a webhook, a web address that a service gives out, and the terminal."""
    urls = (
        "mailtos://u:p@h.example?to=a@x.example",
        "tgram://123456789:abcdefg_hijklmnop/1",
        "ntfy://h.example/news",
        "jsons://h.example/hook",
        "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ",
        f"opsgenie://{'a' * 36}?action=new",
        "terminal://",
    )
    assert await sender.check([receiver(url, url) for url in urls]) == {}
    assert await sender.check([receiver("terminal://")]) == {}


async def test_check_that_hangs() -> None:
    """When checking itself takes too long, the receiver is not taken for good."""
    assert await Sender(seconds=0).check([receiver("json://h.example", "desk")]) == {"desk": "no answer within 0 s"}


async def test_no_secret_comes_back(
    sender: Sender, webhook: Webhook, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever goes wrong, user, password, path and query of a receiver's URL are in no reason, output or log."""
    secret = f"u{CANARY}:p{CANARY}@{webhook.address}/t{CANARY}?-q={CANARY}&+X-Key={CANARY}"
    webhook.status = 403
    urls = (f"json://{secret}", f"tgram://{secret}", f"nope://{secret}", f"mailto://{secret}&to=a@b.example")
    answers = [await sender.notify(receiver(url, "desk"), NOTE) for url in urls]
    said = [*(answer.reason for answer in answers), *(await sender.check([receiver(url) for url in urls])).values()]
    assert Result.SENT not in [answer.result for answer in answers]
    assert "HTTP 403" in said
    assert not [text for text in (*said, *capfd.readouterr(), caplog.text) if CANARY in text]


def test_main_process_stays_light() -> None:
    """The service itself never loads Apprise: sending happens elsewhere."""
    program = (
        "import asyncio, sys\n"
        "from monitor.deliver import Sender\n"
        "from monitor.model.alert import Notification, Receiver\n"
        "from monitor.model.secret import Secret\n"
        "desk = Receiver(name='desk', url=Secret('json://127.0.0.1:9'))\n"
        "async def main():\n"
        "    sender = Sender()\n"
        "    print((await sender.notify(desk, Notification(title='t', body='b'))).result)\n"
        "    await sender.close()\n"
        "asyncio.run(main())\n"
        "print('apprise' in sys.modules)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["failed", "False"]

"""What the services that people use most are given, byte for byte, as their own web addresses would get it."""

import json
import warnings
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from monitor.model.alert import Notification, Outcome, Result
from tests.deliver.conftest import NOTE
from tests.deliver.wires import Services

TELEGRAM = "tgram://123456789:abcdefg_hijklmnopqrstuvwxyzABCDEFGHI/987654321"
DISCORD = f"discord://123456789012345678/{'a' * 68}"
SLACK = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#alerts"
TITLE, BODY = NOTE.title, NOTE.body
ESCAPED = BODY.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


Send = Callable[[str, Notification], Outcome]


@pytest.fixture(scope="module")
def send() -> Send:
    """Sending in this process, where the services' stand-in can be reached."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Apprise's plug-ins import is not ours to mend
        from monitor.deliver import apprise_door  # noqa: PLC0415

        apprise_door.load_plugins()
    return partial(apprise_door.send, seconds=20)


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    with Services(tmp_path) as services:
        for name, value in services.environment.items():
            monkeypatch.setenv(name, value)
        yield services


@pytest.mark.parametrize(
    ("url", "payload"),
    [
        (
            TELEGRAM,
            {
                "text": f"<b>{TITLE}</b>\n{ESCAPED}".replace("\n\n", "\n\u200b\n").replace("\n", "\r\n"),
                "parse_mode": "HTML",
                "chat_id": 987654321,
                "disable_notification": False,
                "disable_web_page_preview": True,
            },
        ),
        (DISCORD, {"content": f"{TITLE}\r\n{BODY}", "tts": False, "wait": True}),
        ("mmosts://chat.example/abcdefghijklmnop", {"text": f"{TITLE}\r\n{BODY}", "username": "rss-monitor"}),
        ("gotifys://push.example/abcdefghijklmno", {"title": TITLE, "message": BODY, "priority": 5}),
        ("ntfys://push.example/alerts", {"topic": "alerts", "title": TITLE, "message": BODY}),
        (
            "signals://chat.example/+15550100001/+15550100002",
            {
                "message": f"{TITLE}\r\n{BODY}",
                "number": "+15550100001",
                "recipients": ["+15550100002"],
                "text_mode": "normal",
            },
        ),
    ],
    ids=lambda given: given.partition(":")[0] if isinstance(given, str) else "",
)
def test_payload(send: Send, services: Services, url: str, payload: dict[str, object]) -> None:
    """Each service gets text as text: nothing of it is markup, no picture comes along, the link is whole."""
    assert Outcome(result=Result.SENT) == send(url, NOTE)
    ((_, _, _, body),) = services.requests
    assert payload == json.loads(body)


def test_slack(send: Send, services: Services) -> None:
    """Slack gets text that is escaped, and no icon from elsewhere."""
    services.answer = b"ok"
    assert Outcome(result=Result.SENT) == send(SLACK, NOTE)
    payload = json.loads(services.requests[0][3])
    (shown,) = payload["attachments"]
    assert (payload["mrkdwn"], shown["title"], shown["text"]) == (False, TITLE, ESCAPED)
    assert {"title", "text", "color", "footer", "ts"} == set(shown)


def test_pushover(send: Send, services: Services) -> None:
    """Pushover gets title and text in a form."""
    send(f"pover://{'u' * 30}@{'t' * 30}", NOTE)
    form = parse_qs(services.requests[0][3].decode())
    assert (form["title"], form["message"]) == ([TITLE], [BODY])


def test_markdown_keeps_the_link(send: Send, services: Services) -> None:
    """A service that only knows Markdown gets the text escaped, and the link as it is."""
    send("rockets://token1234/token5678@chat.example/#alerts", NOTE)
    lines = json.loads(services.requests[0][3])["text"].splitlines()
    assert "https://meduza.io/news/1?a=1&b=2" in lines
    assert r"Реестр \*иностранных агентов\* пополнился <b\>ещё</b\> раз & ещё\." in lines


@pytest.mark.parametrize(("url", "field", "limit"), [(TELEGRAM, "text", 4096), (DISCORD, "content", 2000)])
def test_long_alert(send: Send, services: Services, url: str, field: str, limit: int) -> None:
    """An alert longer than a service takes is one message all the same, with its mark, its link and its number."""
    excerpt = f"{'слово & ' * 400}*иностранных агентов*{' слово' * 400}"
    note = Notification(title=TITLE, body=f"Медуза\n\n{excerpt}\n\nhttps://meduza.io/news/1\nAlert 1234 · rss-monitor")
    assert Outcome(result=Result.SENT) == send(url, note)
    ((_, _, _, body),) = services.requests
    text = json.loads(body)[field]
    assert len(text) <= limit
    assert "*иностранных агентов*" in text
    assert text.splitlines()[-2:] == ["https://meduza.io/news/1", "Alert 1234 · rss-monitor"]


@pytest.mark.parametrize("url", [TELEGRAM, DISCORD, SLACK])
def test_asked_to_wait(send: Send, services: Services, url: str) -> None:
    """A service that asks us to slow down is heard, whether it says so in a header or in its answer."""
    services.status, services.headers = 429, {"Retry-After": "35"}
    assert timedelta(seconds=35) == send(url, NOTE).retry_after
    services.headers, services.answer = {}, b'{"ok": false, "parameters": {"retry_after": 7.5}}'
    assert timedelta(seconds=7.5) == send(url, NOTE).retry_after


def test_answer_not_understood(send: Send, services: Services) -> None:
    """A service that answers, but not as it should, may have taken the alert."""
    services.answer = b"<html>Sign in to continue</html>"
    answer = send(SLACK, NOTE)
    assert Outcome(result=Result.UNKNOWN, reason="HTTP 200, but the answer reports a failure") == answer


def test_certificate(send: Send, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that can not prove its name gets nothing."""
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    answer = send(TELEGRAM, NOTE)
    assert Outcome(result=Result.FAILED, reason="certificate not accepted") == answer
    assert not services.requests

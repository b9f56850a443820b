"""What the services that people use most are given, byte for byte, as their own web addresses would get it."""

import asyncio
import json
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from monitor.model.alert import MARK, UNMARK, Notification, Outcome, Result
from monitor.model.calm import Priority
from monitor.render.forms import plain
from tests.deliver.conftest import NOTE
from tests.deliver.mail import MailServer
from tests.deliver.nasty import NASTY
from tests.deliver.wires import Services

GOLDEN = Path(__file__).with_name("golden")
RECEIVERS = {
    "telegram": "tgram://123456789:abcdefg_hijklmnopqrstuvwxyzABCDEFGHI/987654321",
    "discord": f"discord://123456789012345678/{'a' * 68}",
    "slack": "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#alerts",
    "mattermost": "mmosts://chat.example/abcdefghijklmnop",
    "matrix": "matrixs://u:p@matrix.example/#room",
    "ntfy": "ntfys://push.example/alerts",
    "gotify": "gotifys://push.example/abcdefghijklmno",
    "signal": "signals://chat.example/+15550100001/+15550100002",
    "rocketchat": "rockets://token1234/token5678@chat.example/#alerts",
    "json": "jsons://hooks.example/alerts",
}
TELEGRAM, DISCORD, SLACK = (RECEIVERS[name] for name in ("telegram", "discord", "slack"))
BOT = "slack://xoxb-1234-1234-4ddbc191d40ee098cbaae6f3523ada2d/#alerts"
ANSWERS = {
    "/TIiajkdnlazkcOXrIdevi7FQ": b"ok",
    "/login": b'{"access_token": "t", "user_id": "@u:matrix.example", "home_server": "matrix.example"}',
    "/join/%23room%3Amatrix.example": b'{"room_id": "!room:matrix.example"}',
}

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


def normal(body: bytes) -> dict[str, Any]:
    """A payload without the time at which it was made."""
    payload: dict[str, Any] = json.loads(body)
    for attachment in payload.get("attachments", []):
        assert attachment.pop("ts")
    return payload


@pytest.mark.parametrize("name", RECEIVERS)
def test_payload(send: Send, services: Services, name: str) -> None:
    """Each service gets marks as it shows them, nothing of the feed as markup, and the link whole."""
    services.answers = ANSWERS
    assert Outcome(result=Result.SENT) == send(RECEIVERS[name], NASTY)
    assert json.loads((GOLDEN / f"{name}.json").read_text("utf-8")) == normal(services.requests[-1][3])


@pytest.mark.parametrize("name", RECEIVERS)
def test_nothing_is_loaded(send: Send, services: Services, name: str) -> None:
    """No service is given an address but those that the entry holds: no icon and no avatar from elsewhere."""
    services.answers = ANSWERS
    send(RECEIVERS[name], NASTY)
    _, _, headers, body = services.requests[-1]
    sent = json.dumps(json.loads(body), ensure_ascii=False) + "".join(
        value for key, value in headers.items() if key not in {"Host", "User-Agent"}
    )
    assert {"meduza.io", "evil.example"} >= set(re.findall(r"https?://([\w.]+)", sent))


def test_matrix_thread(send: Send, services: Services) -> None:
    """In a Matrix room, a follow-up stands in the thread of the message that it comes under, the next message not."""
    services.answers, services.answer = ANSWERS, b'{"event_id": "$first:matrix.example"}'
    first = send(RECEIVERS["matrix"], NASTY)
    assert first.receipt == "$first:matrix.example"
    send(RECEIVERS["matrix"], replace(NASTY, follows=(first.receipt,)))
    send(RECEIVERS["matrix"], NASTY)
    alone, threaded, after = [json.loads(body) for _, path, _, body in services.requests if "/send/" in path]
    reply = {"is_falling_back": True, "m.in_reply_to": {"event_id": first.receipt}}
    assert threaded == alone | {"m.relates_to": {"rel_type": "m.thread", "event_id": first.receipt} | reply}
    assert after == alone


def test_slack_thread(send: Send, services: Services) -> None:
    """A Slack bot's follow-up stands in the thread of the message that it comes under, the next message not."""
    services.answer = b'{"ok": true, "channel": "C1", "ts": "1717423920.000100"}'
    first = send(BOT, NASTY)
    assert first.receipt == "1717423920.000100"
    send(BOT, replace(NASTY, follows=(first.receipt,)))
    send(BOT, NASTY)
    threads = [json.loads(body).get("thread_ts") for _, _, _, body in services.requests]
    assert threads == [None, first.receipt, None]


def test_thread_that_is_gone(send: Send, services: Services) -> None:
    """Where a channel refuses to continue a thread, as its first message was deleted, the alert stands by itself."""
    services.answers, services.answer = ANSWERS, b'{"errcode": "M_NOT_FOUND"}'
    services.refuse = b"m.relates_to"
    assert send(RECEIVERS["matrix"], replace(NASTY, follows=("$gone",))).result is Result.SENT
    refused, taken = [json.loads(body) for _, path, _, body in services.requests if "/send/" in path]
    assert "m.relates_to" in refused
    assert "m.relates_to" not in taken


def test_slack_webhook(send: Send, services: Services) -> None:
    """Slack's webhooks know no thread: a follow-up is a message as any other."""
    services.answer = b"ok"
    assert Outcome(result=Result.SENT) == send(SLACK, replace(NASTY, follows=("<a@b>",)))
    assert "thread_ts" not in json.loads(services.requests[0][3])


def test_pushover(send: Send, services: Services) -> None:
    """Pushover gets title and text in a form."""
    send(f"pover://{'u' * 30}@{'t' * 30}", NOTE)
    form = parse_qs(services.requests[0][3].decode())
    assert (form["title"], form["message"]) == ([NOTE.title], [plain(NOTE.body)])


URGENT = {
    "ntfy": (RECEIVERS["ntfy"], "priority", ["low", None, "high", "max"]),
    "gotify": (RECEIVERS["gotify"], "priority", [3, 5, 8, 10]),
    "pushover": (f"pover://{'u' * 30}@{'t' * 30}", "priority", ["-1", "0", "1", "1"]),
    "prowl": (f"prowl://{'a' * 40}", "priority", ["-1", "0", "1", "2"]),
    "join": (f"join://{'a' * 32}/phone", "priority", ["-1", "0", "1", "2"]),
    "pushsafer": (f"psafers://{'a' * 20}", "pr", ["-1", None, "1", "2"]),
    "simplepush": (f"spush://{'a' * 10}", "priority", [2, None, 4, 5]),
    "opsgenie": (f"opsgenie://{'a' * 36}?action=new", "priority", ["P5", "P3", "P2", "P1"]),
    "jira": (f"jira://{'a' * 36}?action=new", "priority", ["P5", "P3", "P2", "P1"]),
    "bark": ("barks://push.example/device", "level", ["passive", None, "timeSensitive", "critical"]),
    "pagerduty": (f"pagerduty://{'A' * 32}@{'b' * 20}/monitor/desk", "severity", ["info", "info", "error", "critical"]),
    "telegram": (RECEIVERS["telegram"], "priority", [None] * 4),
}


@pytest.mark.parametrize("name", URGENT)
def test_priority(send: Send, services: Services, name: str) -> None:
    """Where a service knows priorities, an alert has its own, hidden by none and waiting for an answer at none."""
    url, field, expected = URGENT[name]
    assert expected == [_said(send, services, url, replace(NOTE, priority=each), field) for each in Priority]


@pytest.mark.parametrize("name", ["ntfy", "gotify", "pushover", "bark"])
def test_priority_of_the_user(send: Send, services: Services, name: str) -> None:
    """Who has written a priority into the receiver's URL has it for each alert."""
    url, field, _ = URGENT[name]
    own = f"{url}?{field}={'critical' if field == 'level' else 'low'}"
    assert len({_said(send, services, own, replace(NOTE, priority=each), field) for each in Priority}) == 1


def _said(send: Send, services: Services, url: str, note: Notification, field: str) -> object:
    send(url, note)
    _, path, headers, body = services.requests[-1]
    if not body.startswith(b"{"):
        return parse_qs(body.decode() or path.partition("?")[2]).get(field, [None])[0]
    payload = json.loads(body)
    return payload.get(field) or payload.get("payload", {}).get(field) or headers.get(f"X-{field.title()}")


@pytest.mark.parametrize(
    ("name", "field", "limit"), [("telegram", "text", 4096), ("discord", "content", 2000), ("ntfy", "message", 4096)]
)
def test_long_alert(send: Send, services: Services, name: str, field: str, limit: int) -> None:
    """An alert longer than a service takes is one message all the same, with its mark, its link and its number."""
    excerpt = f"{'слово & ' * 800}{MARK}иностранных агентов{UNMARK}{' слово' * 800}"
    body = f"Медуза\n\n{excerpt}\n\nhttps://meduza.io/news/1\nAlert 1234 · rss-monitor"
    note = Notification(title=NASTY.title, body=body, keep=("https://meduza.io/news/1", "Alert 1234"))
    assert Outcome(result=Result.SENT) == send(RECEIVERS[name], note)
    ((_, _, _, payload),) = services.requests
    text = json.loads(payload)[field]
    assert len(payload) <= 8000 or name != "ntfy"
    assert limit // 3 < len(text.encode() if name == "ntfy" else text) <= limit
    assert "иностранных агентов" in text
    assert text.splitlines()[-2:] == ["https://meduza.io/news/1", "Alert 1234 · rss-monitor"]


def test_digest_too_long(send: Send, services: Services) -> None:
    """A digest that a service can not take whole is not sent; the service is asked for nothing."""
    links = tuple(f"https://meduza.io/news/{number:040}" for number in range(50))
    note = Notification(title="50 alerts", body="\n\n".join(links), keep=links, several=True)
    assert send(RECEIVERS["discord"], note).result is Result.TOO_LONG
    assert not services.requests
    assert Outcome(result=Result.SENT) == send(RECEIVERS["telegram"], note)


@pytest.mark.parametrize(
    ("more", "field", "shown"),
    [("?format=markdown", "text", r"*иностранных агентов*"), ("", "text", "<b>иностранных агентов</b>")],
)
def test_format_asked_for(send: Send, services: Services, more: str, field: str, shown: str) -> None:
    """A format that the URL asks for is the one that is sent."""
    send(RECEIVERS["telegram"] + more, NASTY)
    assert shown in json.loads(services.requests[0][3])[field]


def test_slack_blocks(send: Send, services: Services) -> None:
    """Where blocks are asked for, text and title keep to what a block may hold."""
    note = replace(NASTY, body=NASTY.body.replace("агент", "агент & " * 900, 1))
    services.answer = b"ok"
    assert Outcome(result=Result.SENT) == send(f"{RECEIVERS['slack']}?blocks=yes", note)
    header, section, _ = json.loads(services.requests[0][3])["attachments"][0]["blocks"]
    assert len(header["text"]["text"]) <= 150
    assert len(section["text"]["text"]) <= 3000
    assert "Alert 1234 · rss-monitor" in section["text"]["text"]


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


async def test_mail_certificates(send: Send, mail_server: MailServer) -> None:
    """That one mail receiver takes any certificate lets no other one, nor itself with another URL, take it."""
    urls = [mail_server.url(), mail_server.url(more=""), mail_server.url()]
    results = [(await asyncio.to_thread(send, url, NOTE)).result for url in urls]
    assert results == [Result.SENT, Result.FAILED, Result.SENT]


def test_certificate(send: Send, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that can not prove its name gets nothing."""
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    answer = send(TELEGRAM, NOTE)
    assert Outcome(result=Result.FAILED, reason="certificate not accepted") == answer
    assert not services.requests

from dataclasses import replace
from datetime import UTC

from monitor import render
from monitor.model.alert import Alert, Notice
from monitor.model.calm import Priority
from monitor.model.entry import Entry
from tests.render.builders import ENTRY, KYIV, LINK, alert

WHY = "Held in the quiet hours."


def many(count: int, title: str = "Слово & дело " * 10) -> list[Alert]:
    entries = (Entry(title=f"{number} {title}", link=f"https://x.example/{number}") for number in range(count))
    return [replace(alert(entry, watchlist="слова"), number=100 + number) for number, entry in enumerate(entries)]


def test_digest() -> None:
    """A digest lists each alert with watchlist, title, source, time, number and link, and says what else happened."""
    messages: list[Alert | Notice] = [
        alert(),
        replace(alert(Entry(title="Bare"), watchlist="peace"), priority=Priority.HIGH),
        Notice(title="meduza.io is dead", body="Since 3 Jun."),
    ]
    note = render.digest(messages, message_id="7-9", timezone=KYIV, why=WHY)
    assert note.title == "[rss-monitor] 3 messages: war 1, peace 1"
    assert note.body == (
        "Held in the quiet hours.\n\n"
        "\x01[war] Relatives of Mobilized Russian Soldiers Protest\n"
        "The Moscow Times · 3 Jun 2024 17:05 · Alert 1234\n"
        f"{LINK}\n\n"
        "\x01[peace] Bare\n"
        "High priority · The Moscow Times · 3 Jun 2024 17:12 · Alert 1234\n\n"
        "\x01meduza.io is dead\nSince 3 Jun.\n\n"
        "Message 7-9 · rss-monitor"
    )
    assert render.digest(many(2), message_id="7-8", timezone=KYIV).title == "[rss-monitor] 2 alerts: слова 2"


def test_priority() -> None:
    """A digest is as urgent as its most urgent alert, and news of the service itself is neither urgent nor idle."""
    low, high = (replace(alert(), priority=each) for each in (Priority.LOW, Priority.HIGH))
    notice = Notice(title="meduza.io is dead", body="Since 3 Jun.")
    told: list[list[Alert | Notice]] = [[low], [low, notice], [notice, high]]
    priorities = [render.digest(each, message_id="7-9", timezone=UTC).priority for each in told]
    assert priorities == [Priority.LOW, Priority.NORMAL, Priority.HIGH]


def test_room() -> None:
    """In less room the longest titles lose first; no number and no link is ever lost, rather is it left too long."""
    messages: list[Alert | Notice] = [*many(6), alert(replace(ENTRY, title="Short"))]
    note = render.digest(messages, message_id="1-7", timezone=UTC)
    for limit in (2000, 1300, 900):
        fitted = render.fit(note, title_limit=250, body_limit=limit)
        assert len(fitted.body) <= limit
        assert "\n\n\x01[war] Short\n" in fitted.body
        assert all(kept in fitted.body.split("\n") or kept in fitted.body for kept in note.keep)
    tight = render.fit(note, title_limit=0, body_limit=300)
    assert len(tight.body) > 300
    assert all(kept in tight.body for kept in note.keep)


def test_same_message_again() -> None:
    """A digest is the same message at each attempt, and unlike that of other alerts."""
    ids = [render.digest(many(count), message_id="1-9", timezone=UTC).id for count in (2, 2, 3)]
    assert ids[0] == ids[1] != ids[2]

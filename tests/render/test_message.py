from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor import render
from monitor.model.alert import Notice, Notification
from monitor.model.calm import Priority
from monitor.model.entry import Entry, Field
from monitor.render.forms import plain
from tests.render.builders import ENTRY, KYIV, LINK, SEEN, alert, match


def test_alert() -> None:
    """An alert says what, where from, when, why, and where to read on."""
    matches = match("mobilized", "mobilized"), match("foreign agent", "foreign agent")
    note = render.alert(alert(ENTRY, *matches), timezone=KYIV)
    assert note.title == "[war] Relatives of Mobilized Russian Soldiers Protest"
    assert plain(note.body) == (
        "The Moscow Times · published 3 Jun 2024 17:05, seen 17:12 (Europe/Kyiv)\n\n"
        "Relatives of *mobilized* soldiers, branded a *foreign agent* by no one, gathered on Monday.\n\n"
        "Terms: mobilized, foreign agent\n"
        f"{LINK}\n"
        "Alert 1234 · rss-monitor"
    )


def test_priority() -> None:
    """What is urgent says so first; so does what is not."""
    for priority, said in (("critical", "Critical priority · "), ("low", "Low priority · "), ("normal", "")):
        note = render.alert(replace(alert(), priority=Priority(priority)), timezone=KYIV)
        assert note.body.startswith(f"{said}The Moscow Times · published")


@pytest.mark.parametrize(
    ("published", "line"),
    [
        (None, "seen 3 Jun 2024 17:12 (Europe/Kyiv)"),
        (datetime(2024, 6, 2, 8, tzinfo=UTC), "published 2 Jun 2024 11:00, seen 3 Jun 2024 17:12 (Europe/Kyiv)"),
        (datetime(1796, 1, 1, tzinfo=UTC), "seen 3 Jun 2024 17:12 (Europe/Kyiv)"),
        (SEEN + timedelta(hours=25), "seen 3 Jun 2024 17:12 (Europe/Kyiv)"),
    ],
)
def test_times(published: datetime | None, line: str) -> None:
    """A time of publication that can not be true is not shown; a day is named when it is another one."""
    note = render.alert(alert(replace(ENTRY, published=published)), timezone=KYIV)
    assert note.body.splitlines()[0] == f"The Moscow Times · {line}"


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        (Entry(summary="  Said\r\nso. "), "[war] Said so."),
        (Entry(link=LINK), f"[war] {LINK}"),
        (Entry(), "[war] Paper"),
        (Entry(title="A\u202eB\x00C\u2028D\ud83dE"), "[war] ABC DE"),
    ],
)
def test_title(entry: Entry, title: str) -> None:
    """A title is one line without tricks; an entry that has none is called by its summary, its link or its feed."""
    assert render.alert(alert(entry, feed="Paper"), timezone=UTC).title == title


def test_long_title() -> None:
    """A long title ends at a word, with an ellipsis."""
    title = render.alert(alert(Entry(title="слово " * 100)), timezone=UTC).title
    assert len(title) <= 200
    assert title.endswith(" слово…")


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("https://medium.com/@user/post", "https://medium.com/@user/post"),
        ("https://x.example/@everyone?a=@Here", "https://x.example/%40everyone?a=%40Here"),
        ("https://x.example/a b<!channel>", "https://x.example/a%20b%3C!channel%3E"),
        ("https://x.example/`a|b`\\", "https://x.example/%60a%7Cb%60%5C"),
        ("https://x.example/минюст", "https://x.example/минюст"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
    ],
)
def test_link(link: str, shown: str) -> None:
    """A link stays as it is unless it would ping or break; what is not of the web is no link."""
    lines = render.alert(alert(Entry(title="t", link=link)), timezone=UTC).body.splitlines()
    assert lines[2:] == [*([shown] if shown else []), "Alert 1234 · rss-monitor"]


def test_many_terms() -> None:
    """Of very many terms the first are named and the rest counted."""
    text = " ".join(f"w{n}" for n in range(11))
    entry = Entry(title="t", text=text)
    found = (match(f"w{n}", f"w{n}", Field.TEXT, entry) for n in range(11))
    assert "Terms: w0, w1, w2, w3, w4, w5, w6, w7 and 3 more\n" in render.alert(alert(entry, *found), timezone=UTC).body


def test_notice() -> None:
    """What the service says of itself keeps its lines, and is cut to fit."""
    note = render.notice(Notice(title="Configuration\nbroken", body="config.yaml:3:1: @everyone\n    did you mean it"))
    assert note == Notification(
        title="[rss-monitor] Configuration broken",
        body="config.yaml:3:1: @\u200beveryone\ndid you mean it\nrss-monitor",
    )
    assert render.fit(note, title_limit=250, body_limit=20).body == "config.yaml:3:1:…"
    assert render.fit(note, title_limit=0, body_limit=60).body == "config.yaml:3:1:…"

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import render
from monitor.model.alert import Alert, Notice, Notification
from monitor.model.entry import Entry, Field, StoredEntry
from monitor.model.match import Match, Reason

KYIV = ZoneInfo("Europe/Kyiv")
SEEN = datetime(2024, 6, 3, 14, 12, tzinfo=UTC)
LINK = "https://www.themoscowtimes.com/2024/06/03/relatives-a85300"
SUMMARY = "Relatives of mobilized soldiers, branded a foreign agent by no one, gathered on Monday."
ENTRY = Entry(
    title="Relatives of Mobilized Russian Soldiers Protest",
    link=LINK,
    summary=SUMMARY,
    published=SEEN - timedelta(minutes=7),
)


def match(term: str, form: str, field: Field = Field.SUMMARY, entry: Entry = ENTRY) -> Match:
    start = entry.field(field).index(form)
    return Match(watchlist="war", term=term, field=field, start=start, end=start + len(form), form=form)


def alert(entry: Entry = ENTRY, *matches: Match, watchlist: str = "war", feed: str = "The Moscow Times") -> Alert:
    return Alert(
        number=1234,
        created=SEEN,
        watchlist=watchlist,
        reason=Reason.MATCHED,
        entry=StoredEntry(number=1, feed=feed, seen=SEEN, entry=entry),
        matches=matches,
    )


def test_alert() -> None:
    """An alert says what, where from, when, why, and where to read on."""
    matches = match("mobilized", "mobilized"), match("foreign agent", "foreign agent")
    note = render.alert(alert(ENTRY, *matches), timezone=KYIV)
    assert note.title == "[war] Relatives of Mobilized Russian Soldiers Protest"
    assert note.body == (
        "The Moscow Times · published 3 Jun 2024 17:05, seen 17:12 (Europe/Kyiv)\n\n"
        "Relatives of *mobilized* soldiers, branded a *foreign agent* by no one, gathered on Monday.\n\n"
        "Terms: mobilized, foreign agent\n"
        f"{LINK}\n"
        "Alert 1234 · rss-monitor"
    )


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


def test_fit_in_steps() -> None:
    """Less room costs first the later excerpts, then words of the first, then feed and terms; then only essentials."""
    tail = "Terms: agent\nhttps://x.example/1\nAlert 7 · rss-monitor"
    first = "When the ministry named one more *agent* on Monday, nobody was surprised."
    body = f"Paper · seen 3 Jun 2024 17:12 (UTC)\n\n{first}\n\nThe second *agent* spoke.\n\n{tail}"
    note = Notification(title="[war] Title", body=body)

    def fitted(limit: int) -> str:
        return render.fit(note, title_limit=250, body_limit=limit).body

    assert fitted(len(body)) == body
    assert fitted(len(body) - 1) == body.replace("\n\nThe second *agent* spoke.", "")
    assert fitted(130) == f"Paper · seen 3 Jun 2024 17:12 (UTC)\n\n…named one more *agent* on Monday,…\n\n{tail}"
    assert fitted(70) == "…one more *agent* on…\nhttps://x.example/1\nAlert 7 · rss-monitor"
    assert fitted(49) == "*agent*\nhttps://x.example/1\nAlert 7 · rss-monitor"
    assert fitted(42) == "https://x.example/1\nAlert 7 · rss-monitor"


def test_fit_with_title_in_body() -> None:
    """A short text message has its link, its number and its word; the title gets what is left."""
    note = render.alert(alert(ENTRY, match("mobilized", "mobilized")), timezone=KYIV)
    short = render.fit(note, title_limit=0, body_limit=140)
    assert short.title == "[war] Relatives of Mobilized Russian…"
    assert short.body == f"…of *mobilized*…\n{LINK}\nAlert 1234 · rss-monitor"


texts = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("@<!*\r\n\u202e everyonehere")), max_size=400)
entries = st.builds(
    Entry,
    title=texts,
    summary=texts,
    text=texts.map(lambda text: f"{text} agent {text}"),
    link=st.one_of(texts, texts.map("https://x.example/{}".format)),
    published=st.none() | st.datetimes(timezones=st.just(UTC)),
)
alerts = st.builds(
    lambda entry, name: alert(entry, match("agent", "agent", Field.TEXT, entry), watchlist=name, feed=name),
    entries.filter(lambda entry: "agent" in entry.text),
    texts,
)
notes = alerts.map(lambda alert: render.alert(alert, timezone=timezone(timedelta(hours=-12))))


@given(notes)
def test_nobody_is_pinged(note: Notification) -> None:
    """Whatever a feed writes, no `@everyone` and no `<!channel>` gets through, and the title is one line."""
    for text in (note.title, note.body):
        assert "@everyone" not in text
        assert "<!" not in text
        assert "<@" not in text
    assert len(note.title) <= render.TITLE_LIMIT
    assert len(note.title.splitlines()) == 1
    assert not set(note.title + note.body) & set("\r\x00\u202e\u2066\ud800")


@given(notes, st.integers(0, 300), st.integers(0, 1200), st.booleans())
def test_fit_is_within_limits(note: Notification, title_limit: int, body_limit: int, wide: bool) -> None:  # noqa: FBT001
    """Whatever a receiver's limits are, title and body keep to them, counted as the receiver counts."""

    def size(text: str) -> int:
        return len(text.encode()) if wide else len(text)

    short = render.fit(note, title_limit=title_limit, body_limit=body_limit, size=size)
    merged = f"{short.title}\r\n{short.body}" if short.title else short.body
    assert size(short.body if title_limit else merged) <= body_limit
    assert len(short.title) <= (title_limit or render.TITLE_LIMIT)


@given(notes, st.integers(0, 300), st.booleans())
def test_fit_keeps_what_matters(note: Notification, spare: int, titled: bool) -> None:  # noqa: FBT001
    """As long as there is room for them, the link, the alert's number and its first marked word are kept."""
    facts = "\n".join(line for line in note.body.split("\n\n")[-1].split("\n") if not line.startswith("Terms: "))
    limit = len(f"*agent*\n{facts}") + spare
    short = render.fit(note, title_limit=250 if titled else 0, body_limit=limit)
    assert short.body.endswith(facts)
    assert "*agent*" in short.body


@given(texts, st.integers(0, 500))
def test_cut(text: str, limit: int) -> None:
    """A cut text is never longer than asked, and a text that fits is not cut."""
    assert len(render.cut(text, limit)) <= limit
    assert (render.cut(text, limit) == text) or len(text) > limit

from datetime import UTC, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from monitor import render
from monitor.model.alert import MARK, UNMARK, Notification
from monitor.model.entry import Entry, Field
from monitor.render.forms import plain
from tests.render.builders import ENTRY, KYIV, LINK, alert, match

AGENT = f"{MARK}agent{UNMARK}"


def test_fit_in_steps() -> None:
    """Less room costs first the later excerpts, then words of the first, then feed and terms; then only essentials."""
    tail = "Terms: agent\nhttps://x.example/1\nAlert 7 · rss-monitor"
    first = f"When the ministry named one more {AGENT} on Monday, nobody was surprised."
    body = f"Paper · seen 3 Jun 2024 17:12 (UTC)\n\n{first}\n\nThe second {AGENT} spoke.\n\n{tail}"
    note = Notification(title="[war] Title", body=body, keep=("https://x.example/1", "Alert 7"))

    def fitted(limit: int) -> str:
        return plain(render.fit(note, title_limit=250, body_limit=limit).body)

    assert fitted(len(body)) == plain(body)
    assert fitted(len(body) - 1) == plain(body).replace("\n\nThe second *agent* spoke.", "")
    assert fitted(130) == f"Paper · seen 3 Jun 2024 17:12 (UTC)\n\n…named one more *agent* on Monday,…\n\n{tail}"
    assert fitted(70) == "…one more *agent* on…\nhttps://x.example/1\nAlert 7 · rss-monitor"
    assert fitted(49) == "*agent*\nhttps://x.example/1\nAlert 7 · rss-monitor"
    assert fitted(42) == "https://x.example/1\nAlert 7 · rss-monitor"
    assert fitted(27) == "https://x.example/1\nAlert 7"


def test_fit_with_title_in_body() -> None:
    """A short text message has its link, its number and its word; the title gets what is left."""
    note = render.alert(alert(ENTRY, match("mobilized", "mobilized")), timezone=KYIV)
    short = render.fit(note, title_limit=0, body_limit=140)
    assert short.title == "[war] Relatives of Mobilized Russian…"
    assert plain(short.body) == f"…of *mobilized*…\n{LINK}\nAlert 1234 · rss-monitor"


def test_words_of_ones_own() -> None:
    """A message that says it all in one line keeps the line, or what of it must arrive."""
    note = Notification(title="t", body=f"The {AGENT}: see https://x.example/1", keep=("https://x.example/1",))
    assert render.fit(note, title_limit=9, body_limit=36) == note
    assert render.fit(note, title_limit=9, body_limit=30).body == "https://x.example/1"


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
    limit = len(f"{AGENT}\n{facts}") + spare
    short = render.fit(note, title_limit=250 if titled else 0, body_limit=limit)
    assert short.body.endswith(facts)
    assert AGENT in short.body


@given(texts, st.integers(0, 500))
def test_cut(text: str, limit: int) -> None:
    """A cut text is never longer than asked, and a text that fits is not cut."""
    assert len(render.cut(text, limit)) <= limit
    assert (render.cut(text, limit) == text) or len(text) > limit

"""Which entries are new."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.identity import address, identities, marks, unseen
from monitor.model.entry import Entry


class Reader:
    """Remembers what it has seen, as the store does, and gives the titles that are new."""

    def __init__(self) -> None:
        self._known: set[bytes] = set()

    def read(self, *entries: Entry) -> list[str]:
        found = identities([marks(entry) for entry in entries])
        new = unseen(found, self._known)
        self._known.update(alias for identity in found for alias in identity.aliases)
        return [entries[place].title for place in new]


def _entry(title: str, link: str = "", name: str = "", day: int = 0) -> Entry:
    published = datetime(2024, 3, day, tzinfo=UTC) if day else None
    return Entry(id=name, title=title, link=link, published=published)


def test_each_once() -> None:
    """An entry is new once, though it stands twice in a document, leaves and comes back."""
    reader = Reader()
    one, two = _entry("One", "https://a.example/1", "1"), _entry("Two", "https://a.example/2", "2")

    assert reader.read(one, one) == ["One"]
    assert reader.read(two) == ["Two"]
    assert reader.read(one, two) == []


def test_twins_in_one_document() -> None:
    """One page listed twice under two ids is one entry; an id of its own in a later document is another."""
    reader = Reader()
    first, again = _entry("One", "https://a.example/1", "1#0"), _entry("One", "https://a.example/1", "1#1")

    assert reader.read(first, again) == ["One"]
    assert reader.read(_entry("One", "https://a.example/1", "1#2")) == ["One"]


@pytest.mark.parametrize(
    "after",
    [
        _entry("Edited headline", "https://a.example/1", "id 1"),
        _entry("One", "https://a.example/other", "id 1"),
        _entry("One", "https://a.example/1"),
        _entry("Edited headline", "https://a.example/1"),
        _entry("One", "http://www.a.example/1/?utm_source=rss", "id 1"),
    ],
)
def test_still_the_same(after: Entry) -> None:
    """An edited headline, a changed link or a changed id alone make no new entry."""
    reader = Reader()
    reader.read(_entry("One", "https://a.example/1", "id 1"))

    assert reader.read(after) == []


def test_one_link_for_all() -> None:
    """Where all entries come to have one link and no id, titles tell them apart, and what was known stays known."""
    reader = Reader()
    reader.read(_entry("Known", "https://a.example/known", day=1))
    for front in ("https://a.example/", "https://a.example/news"):
        same = [_entry(title + front, front) for title in ("a", "b", "c")]
        assert [entry.title for entry in same] == reader.read(_entry("Known", front), *same)
        assert reader.read(*same) == []
        assert ["d" + front] == reader.read(*same, _entry("d" + front, front))


def test_one_id_for_all() -> None:
    """An id that different entries share is none."""
    reader = Reader()
    entries = [_entry(str(number), f"https://a.example/{number}", "0") for number in range(3)]

    assert reader.read(*entries) == ["0", "1", "2"]
    assert reader.read(*entries, _entry("3", "https://a.example/3", "0")) == ["3"]


def test_one_page_two_headlines() -> None:
    """A page listed twice under two headlines is one entry."""
    assert Reader().read(_entry("One", "https://a.example/1"), _entry("Uno", "https://a.example/1")) == ["One"]
    assert Reader().read(_entry("One", "https://a.example/1", "i"), _entry("Uno", "https://a.example/1", "i")) == [
        "One"
    ]


def test_daily_title() -> None:
    """The briefing that has the same title and link every day is new every day."""
    with_ids, without = Reader(), Reader()
    for day in (1, 2):
        assert with_ids.read(_entry("Briefing", "https://a.example/briefing", f"id {day}", day)) == ["Briefing"]
        assert without.read(_entry("Briefing", "https://a.example/", day=day)) == ["Briefing"]


def test_bare_entries() -> None:
    """Entries without id, link and title are known by their text."""
    reader = Reader()

    assert len(reader.read(Entry(summary="a"), Entry(text="b"), Entry(summary="A "))) == 2
    assert reader.read(Entry(text="b")) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.a.example/x/", "http://A.example/x"),
        ("https://a.example/x?b=1&utm_source=rss&fbclid=2", "https://a.example/x?b=1"),
        ("https://a.example/x?b=1&amp;c=2", "https://a.example/x?b=1&c=2"),
        ("https://a.example/x?at_medium=RSS&at_campaign=rss", "https://a.example/x"),
        ("https://a.example/x#xtor=RSS-1", "https://a.example/x"),
    ],
)
def test_same_address(one: str, other: str) -> None:
    """Scheme, www, final slash and tracking parameters do not make another page."""
    assert address(one) == address(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x?p=1", "https://a.example/x?p=2"),
        ("https://a.example/live#1", "https://a.example/live#2"),
        ("https://a.example/X", "https://a.example/x"),
        ("tag:a.example,2024:1", "tag:a.example,2024:2"),
        ("http://[", "http://[["),
    ],
)
def test_other_address(one: str, other: str) -> None:
    """Everything else does."""
    assert address(one) != address(other)


_ENTRIES = st.lists(
    st.builds(
        _entry,
        title=st.sampled_from(["a", "b", "c"]),
        link=st.sampled_from(["", "https://a.example/", "https://a.example/1", "https://a.example/2"]),
        name=st.sampled_from(["", "1", "2"]),
        day=st.integers(0, 2),
    ),
    max_size=6,
)


@given(_ENTRIES)
def test_second_time_nothing_is_new(entries: Sequence[Entry]) -> None:
    """A document read twice has nothing new the second time."""
    reader = Reader()
    reader.read(*entries)
    assert reader.read(*entries) == []


@given(_ENTRIES, _ENTRIES)
def test_what_differs_in_everything_is_new(before: Sequence[Entry], after: Sequence[Entry]) -> None:
    """An entry with an id, link and title of its own is new, whatever else stands around it."""
    reader = Reader()
    reader.read(*before)
    assert "new" in reader.read(*after, _entry("new", "https://a.example/new", "new"))

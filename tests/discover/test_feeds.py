"""What is said of a feed that was found, and in which order."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.discover.feeds import best_first, entries_per_day, language
from monitor.model.entry import Entry
from monitor.model.poll import Parsed

NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)
ENGLISH = (
    "The minister said that the army would be there",
    "They have not been seen since the war began",
    "What we know about the attack on the city",
    "He was told that he could not leave the country",
    "This is how they are preparing for the winter",
)
RUSSIAN = (
    "Министр сказал, что армия будет там же, где была",
    "Их не видели с тех пор, как началась война",
    "Что мы знаем об этом ударе по городу",
    "Ему сказали, что он не может выехать из страны",
    "Вот как они готовятся к этой зиме",
)


def entries(*hours: float) -> tuple[Entry, ...]:
    """Entries published so many hours ago."""
    return tuple(Entry(link=f"https://x.example/{at}", published=NOW - timedelta(hours=at)) for at in hours)


def feed(*links: str, title: str = "Paper") -> Parsed:
    return Parsed(title=title, entries=tuple(Entry(link=link, published=NOW) for link in links))


@pytest.mark.parametrize(
    ("hours", "rate"),
    [
        ([1, 2, 3, 6, 9999, 9999], 16.0),
        ([0, 24, 48, 96], 1.5),
        ([24 * 364, 24 * 365, 24 * 366], 2 / 365),
        ([-5, 6, 12, 24], 4.0),
        ([1, 2], None),
        ([1, 1, 1, 1, 1], None),
        ([], None),
    ],
)
def test_entries_per_day(hours: list[float], rate: float | None) -> None:
    """They are counted until now, without old ones that stay and those of the future; too few dates tell nothing."""
    assert entries_per_day(entries(*hours), now=NOW) == (rate and pytest.approx(rate))


@pytest.mark.parametrize(
    ("titles", "declared", "expected"),
    [
        (RUSSIAN, "", ("ru", True)),
        (RUSSIAN, "en-us", ("ru", True)),
        (ENGLISH, "en", ("en", True)),
        (ENGLISH + RUSSIAN[:3], "en", ("en", False)),
        (ENGLISH[:2], "en", ("en", False)),
        ((), "uk-UA", ("uk", False)),
        (("", " "), "", ("", False)),
    ],
)
def test_language(titles: tuple[str, ...], declared: str, expected: tuple[str, bool]) -> None:
    """It is what the entries are in, whatever the feed declares, and sure if all of them may be read in it."""
    given = tuple(Entry(title=title) for title in titles)
    assert expected == language(Parsed(language=declared, entries=given))


def test_the_same_feed_once() -> None:
    """A feed in two formats, or at two addresses, is listed once, as the publisher names it first."""
    main, atom, sport = feed("1", "2", "3"), feed("1", "2", "3", "4"), feed("2", "3")
    renamed, other = feed("1", "2", "3", title="Paper, Atom"), feed("1", "2", title="Politics")
    feeds = [("main", main), ("atom", atom), ("sport", sport), ("renamed", renamed), ("other", other)]
    assert [each.url for each in best_first(feeds, now=NOW)] == ["main", "sport", "other"]


def test_empty_feeds_are_not_all_the_same() -> None:
    """An empty feed is the same as another of its title only."""
    feeds = [("a", feed(title="A")), ("b", feed(title="B")), ("again", feed(title="A")), ("full", feed("1", title="A"))]
    assert [each.url for each in best_first(feeds, now=NOW)] == ["full", "a", "b"]


def test_living_feeds_first() -> None:
    """A feed that fell silent comes after those that live, an empty one after all; else the order found stays."""
    silent = Parsed(title="Old", entries=entries(24 * 400, 24 * 401))
    feeds = [("empty", feed(title="Empty")), ("silent", silent), ("b", feed("1")), ("a", feed("2", title="A"))]
    found = best_first(feeds, now=NOW)
    assert [each.url for each in found] == ["b", "a", "silent", "empty"]
    assert (found[2].newest, found[2].entries) == (NOW - timedelta(days=400), 2)

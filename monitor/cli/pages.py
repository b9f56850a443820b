"""Which pages behind entries are read, as `check` says it, and how they do, as `feeds` does."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from monitor.cli.show import moment
from monitor.model.article import ArticleState
from monitor.model.feed import FeedState, FullText

if TYPE_CHECKING:
    from monitor.model.feed import Feed
    from monitor.pipeline import Desk


def lines(desk: "Desk") -> Iterator[str]:
    """Yield what is read of feeds, those of which the same is said together."""
    said: dict[str, list[str]] = {}
    for feed in desk.feeds.values():
        said.setdefault(_read(feed, desk), []).append(feed.name)
    yield "\narticles"
    for words, names in said.items():
        yield f"  {'all feeds' if len(names) == len(desk.feeds) else ', '.join(names)}: {words}"


def records(desk: "Desk") -> list[dict[str, object]]:
    """Return what is read of each feed, for programs."""
    return [{"full_text": feed.full_text, "articles_for": _readers(feed, desk)} for feed in desk.feeds.values()]


def failing(state: FeedState, articles: Mapping[ArticleState, int]) -> str:
    """Say since when most articles of a feed fail, or else that some were given up, and why; "" if none was."""
    if state.articles.since:
        return f"articles fail since {moment(state.articles.since)}: {state.articles.reason}"
    read, failed = (articles.get(each, 0) for each in (ArticleState.READ, ArticleState.FAILED))
    return f"{failed:,} of {read + failed:,} articles not read: {state.articles.reason}" if failed else ""


def _read(feed: "Feed", desk: "Desk") -> str:
    """Say which pages behind a feed's entries are read, and what for."""
    wanted, readers = f"(full_text: {feed.full_text})", _readers(feed, desk)
    if feed.full_text is FullText.NO:
        return f"none is read {wanted}"
    if not readers:
        which = "none is" if feed.full_text is FullText.AUTO else "all are"
        return f"{which} read, and no watchlist looks in them {wanted}"
    which = "those of teasers" if feed.full_text is FullText.AUTO else "all"
    return f"{which} are read, for {', '.join(readers)} {wanted}"


def _readers(feed: "Feed", desk: "Desk") -> list[str]:
    """Return the watchlists that look into a feed's articles."""
    covering = (each.name for each in desk.configuration.watchlists if each.covers(feed.name))
    return [] if feed.full_text is FullText.NO else [name for name in covering if name in desk.readers]

"""Names and tags: one line of visible text each, and no name twice."""

import unicodedata
from collections.abc import Container, Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from monitor.opml.feedlist import ListedFeed

#: Characters of a name, at most: some titles are whole paragraphs.
_LONGEST = 130
_LONGEST_HOST = 50
#: Persian and several Indic scripts spell words with these two, which are invisible.
_JOINERS = "\u200c\u200d"


def visible(text: str) -> str:
    """Leave out what can not be seen, and make any white space one space."""
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() or letter in _JOINERS else _space(letter) for letter in text)
    return " ".join(text.split())


def _space(letter: str) -> str:
    return " " if letter.isspace() or unicodedata.category(letter) in {"Zl", "Zp", "Zs"} else ""


def named(text: str) -> str:
    """Make of a title a name or tag that the configuration takes; "" if nothing is left of it."""
    name = visible(text).replace("://", " ")
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"


def host(url: str) -> str:
    """Return the host of a usable address, without `www.`."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


class Names:
    """Finds names that are not taken; whoever uses one puts it among those that are."""

    def __init__(self, taken: Container[str]) -> None:
        self._taken = taken
        self._numbers: dict[str, int] = {}

    def free(self, name: str, url: str) -> str:
        """Return a name for a feed: its own, else with its host, else with a number too."""
        full = f"{name} ({host(url)[:_LONGEST_HOST]})"
        for each in (name, full):
            if each not in self._taken:
                return each
        number = self._numbers.get(full, 2)
        while f"{full} {number}" in self._taken:
            number += 1
        self._numbers[full] = number
        return f"{full} {number}"


def distinct(feeds: Iterable[ListedFeed], taken: Iterable[str] = ()) -> tuple[ListedFeed, ...]:
    """Give each feed a name that no other has, and that is not taken."""
    names = set(taken)
    free = Names(names).free
    found = []
    for feed in feeds:
        name = free(feed.name, feed.url)
        names.add(name)
        found.append(replace(feed, name=name))
    return tuple(found)

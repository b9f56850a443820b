"""What an entry says itself: its text without what its site says on many pages."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

from monitor.model.entry import Entry, Field
from monitor.model.match import Match
from monitor.text.boilerplate.ledger import Known, Ledger
from monitor.text.boilerplate.passages import Page, Passage, near, word
from monitor.text.fold import fold
from monitor.text.words import spans

#: Takes the place of what is taken out: it parts words as the end of a paragraph does.
_BLANK: Final = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A passage of an entry that is boilerplate."""

    passage: Passage
    known: Known

    def any_of(self, spared: Collection[str]) -> bool:
        """Whether it is one of these passages, as it stands or as it was learnt."""
        return any(is_spared(said, spared) for said in {self.passage.said, self.known.said})

    def holds(self, match: Match) -> bool:
        """Whether a match lies in it."""
        passage = self.passage
        return match.field is passage.field and passage.start <= match.start and match.end <= passage.end


def repeated(page: Page, *ledgers: Ledger) -> tuple[Repeated, ...]:
    """Return the passages of an entry that any of these ledgers has learnt."""
    return tuple(
        Repeated(passage=passage, known=known)
        for passage in page.passages
        for known in [_learnt(passage, ledgers)]
        if known is not None
    )


def around(matches: Sequence[Match], boilerplate: Sequence[Repeated]) -> tuple[Repeated, ...]:
    """Return the passages that matches stand in, each whole."""
    outer = [each for each in boilerplate if sum(other.passage.holds(each.passage) for other in boilerplate) == 1]
    return tuple(each for each in outer if any(map(each.holds, matches)))


def is_spared(said: str, spared: Collection[str]) -> bool:
    """Whether a passage is one of these, holds one or stands in one: it is an entry's own, then."""
    return any(_within(one, said) or _within(said, one) or near(one, said) for one in spared)


def _within(one: str, other: str) -> bool:
    return f" {one} " in f" {other} "


def without_boilerplate(entry: Entry, boilerplate: Sequence[Repeated]) -> Entry:
    """Return the entry with these passages blanked out; what is left stands where it stood."""
    texts: dict[Field, str] = {}
    for each in boilerplate:
        field = each.passage.field
        texts[field] = _blanked(texts.get(field, entry.field(field)), each)
    return replace(
        entry,
        summary=texts.get(Field.SUMMARY, entry.summary),
        text=texts.get(Field.TEXT, entry.text),
        article=texts.get(Field.ARTICLE, entry.article),
    )


def text_without_boilerplate(entry: Entry, boilerplate: Sequence[Repeated]) -> str:
    """Return what an entry says itself, without its title: for comparing it with others."""
    own = without_boilerplate(entry, boilerplate)
    return "\n".join(line for text in (own.summary, own.text, own.article) for line in text.split("\n") if line)


def _learnt(passage: Passage, ledgers: Sequence[Ledger]) -> Known | None:
    found = (ledger.find(passage) for ledger in ledgers)
    return next((known for known in found if known is not None and known.learnt), None)


def _blanked(text: str, each: Repeated) -> str:
    """Blank out what a passage shares with the boilerplate that it is a copy of: what differs is the entry's own."""
    start, end = each.passage.start, each.passage.end
    for begin, stop in _shared(text[start:end], each.known.said.split(" ")):
        text = text[: start + begin] + _BLANK * (stop - begin) + text[start + stop :]
    return text


def _shared(text: str, learnt: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where words stand, each run whole, that have a neighbour of theirs beside them in `learnt` as well."""
    places = spans(text)
    words = ["", *(word(fold(text[start:end])) for start, end in places), ""]
    pairs = set(pairwise(["", *learnt, ""]))
    shares = [
        (words[at - 1], words[at]) in pairs or (words[at], words[at + 1]) in pairs for at in range(1, len(words) - 1)
    ]
    at = 0
    for shared, run in groupby(shares):
        first, at = at, at + len([*run])
        if shared:
            yield (places[first][0] if first else 0), (places[at - 1][1] if at < len(places) else len(text))

"""What an entry says itself: its text without what its site says on many pages."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

from monitor.model.entry import Entry, Field
from monitor.model.match import Match
from monitor.text.boilerplate.ledger import Known, Ledger
from monitor.text.boilerplate.passages import Page, Passage, alike, near, parts, word
from monitor.text.fold import fold
from monitor.text.words import spans

#: Takes the place of what is taken out: it parts words as the end of a paragraph does.
_BLANK: Final = "\n"
#: Pairs of neighbouring words that are taken out of what is no close copy, at least.
_LEAST: Final = 3


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
    return next(filter(None, (ledger.boilerplate(passage) for ledger in ledgers)), None)


def _blanked(text: str, each: Repeated) -> str:
    """Blank out what a passage shares with the boilerplate that it is a copy of: what differs is the entry's own."""
    start, end = each.passage.start, each.passage.end
    copies = alike(parts(each.passage.print), parts(each.known.print))
    for begin, stop in _shared(text[start:end], each.known.said.split(" "), least=1 if copies else _LEAST):
        text = text[: start + begin] + _BLANK * (stop - begin) + text[start + stop :]
    return text


def _shared(text: str, learnt: Sequence[str], *, least: int) -> Iterator[tuple[int, int]]:
    """Yield where words stand side by side, so many pairs of them at least, that do so in `learnt` too.

    What is learnt is there once: of two places that say the same, the one that says more of it is the site's.
    """
    places = spans(text)
    words = ["", *(word(fold(text[start:end])) for start, end in places), ""]
    left = Counter(pairwise(["", *learnt, ""]))
    pairs = [*pairwise(words)]
    runs: list[list[int]] = []
    for shared, places_of in groupby(range(len(pairs)), key=lambda at: pairs[at] in left):
        its = [*places_of]
        if shared and len(its) >= least:
            runs.append(its)
    for run in sorted(runs, key=len, reverse=True):
        taken = Counter(pairs[at] for at in run)
        if taken <= left:
            left -= taken
            yield (places[run[0] - 1][0] if run[0] else 0), (places[run[-1]][1] if run[-1] < len(places) else len(text))

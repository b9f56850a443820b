"""What is known of the passages of one site: which recur, and which are learnt to be the site's own."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from monitor.text.boilerplate.passages import Page, Passage, alike, digest, marks, parts, subject

#: Different entries of a site from which on a passage that is not learnt is held to be an entry's own.
PROVEN: Final = 10
#: The latest different entries of a site: among these, passages recur.
WINDOW: Final = 64
#: Different entries that must carry a passage; more, while there are few others to compare these with; and so many of
#: these that there is nothing to compare.
FEWEST, FEWEST_ALONE, ENOUGH, OTHERS = 4, 5, 8, 8
#: What their number times their share since the first must reach: 4 of 4, 6 of 9, 10 of 25, 16 of 64.
BAR: Final = 4
#: A word of their titles that more than half of them share, and others hardly: it is their story that recurs.
STORY, CONTRAST = 0.5, 4
#: How long a learnt passage is remembered after it was last seen.
FORGOTTEN: Final = timedelta(days=28)
#: Learnt passages of a site, and characters of each, at most.
MOST_LEARNT, LONGEST = 400, 1500
#: Share of the passages of one entry that are another's too and make them the same text.
_SAME: Final = 0.9
#: Fewer passages in common than these may be all that two short entries say, and no more than a banner.
_FEW: Final = 3
#: Words of its text that tell what an entry is about: behind them, a banner may have grown together with it.
_LEAD: Final = 15
#: Pairs of neighbouring words of boilerplate that has names or years of an entry's own in it, at least; how many of the
#: first are in its copies; and the share of all that is.
_LONG, _OPENING, _FILLED = 8, 3, 0.55
#: Passages looked at to find a near-copy.
_TRIES: Final = 8


@dataclass(slots=True, kw_only=True)
class Known:
    """A passage that was seen."""

    print: bytes
    #: In how many different entries.
    entries: int = 0
    since: datetime
    last: datetime
    #: When it was learnt to be boilerplate; None if it is not.
    learnt: datetime | None = None
    #: Its words when it was learnt, masked.
    said: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry of the window."""

    #: Digests, as in a Page.
    link: int
    host: int
    title: int
    #: Digests of the words that tell what it is about.
    subject: frozenset[int]
    #: By their numbers.
    passages: frozenset[int]


@dataclass(slots=True)
class Ledger:
    """The passages of one site."""

    known: dict[int, Known] = field(default_factory=dict)
    #: Oldest first.
    seen: list[Seen] = field(default_factory=list)
    _next: int = 0
    _exact: dict[bytes, int] = field(default_factory=dict)
    _near: dict[tuple[int, int], list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, known: dict[int, Known], seen: list[Seen]) -> "Ledger":
        """Return a ledger with what was known."""
        ledger = cls(known, seen, max(known, default=-1) + 1)
        for number, each in known.items():
            ledger._index(number, each.print)
        return ledger

    @property
    def proven(self) -> bool:
        """Whether enough entries were seen to tell what recurs."""
        return sum(bool(seen.passages) for seen in self.seen) >= PROVEN

    @property
    def mixed(self) -> bool:
        """Whether its entries lead to several hosts."""
        return len({seen.host for seen in self.seen}) > 1

    def leads_to(self, host: str) -> bool:
        """Whether one of its latest entries leads to this host."""
        return any(seen.host == digest(host) for seen in self.seen)

    def learn(self, page: Page, at: datetime) -> None:
        """Take in an entry. One that is there already, or the same text under another name, counts once."""
        numbers = {self._number(passage, at) for passage in page.passages}
        before = self._same(page, numbers)
        had = before.passages if before else frozenset()
        if before:
            self.seen.remove(before)
        about = subject(page.called, self._lead(page)) if before is None else before.subject
        self.seen.append(Seen(page.link, page.host, page.title, about, frozenset(numbers)))
        for number in numbers:
            known = self.known[number]
            known.entries += number not in had
            known.last = max(known.last, at)
        self._judge(page, numbers, at)
        self._forget(at)

    def find(self, passage: Passage) -> Known | None:
        """Return what is known of a passage, or of one that it is a near-copy of."""
        number = self._find(passage.print)
        return None if number is None else self.known[number]

    def boilerplate(self, passage: Passage) -> Known | None:
        """Return the boilerplate that a passage is a copy of, or into which it puts words of its own."""
        if (number := self._exact.get(passage.print)) is not None and self.known[number].learnt:
            return self.known[number]
        near = (self.known[number] for number in self._candidates(passage.print))
        return next((each for each in near if each.learnt and _is_copy(passage.said, each.said)), None)

    def learnt(self) -> Iterable[Known]:
        """Return the boilerplate of the site."""
        return (each for each in self.known.values() if each.learnt)

    def _number(self, passage: Passage, at: datetime) -> int:
        number = self._find(passage.print)
        if number is None:
            number, self._next = self._next, self._next + 1
            self.known[number] = Known(print=passage.print, since=at, last=at)
            self._index(number, passage.print)
        return number

    def _find(self, print_: bytes) -> int | None:
        if (number := self._exact.get(print_)) is not None:
            return number
        its = parts(print_)
        tried = self._candidates(print_)
        return next((number for number in tried if alike(its, parts(self.known[number].print))), None)

    def _candidates(self, print_: bytes) -> Iterator[int]:
        return (number for slot in marks(print_) for number in self._near.get(slot, ())[-_TRIES:])

    def _index(self, number: int, print_: bytes) -> None:
        self._exact[print_] = number
        for slot in marks(print_):
            self._near[slot].append(number)

    def _same(self, page: Page, numbers: set[int]) -> Seen | None:
        """Return the entry that this one is again: under its title, its link and half of its text, or nearly all."""
        own = {number for number in numbers if not self.known[number].learnt}
        about = subject(page.called)  # else two that say nothing but a banner would be the same
        for seen in reversed(self.seen):
            common, least = len(own & seen.passages), min(len(own), len(seen.passages))
            again = common >= least / 2 if page.link == seen.link else common >= max(_FEW, _SAME * least)
            if page.title == seen.title or (again and 2 * len(about & seen.subject) >= len(about)):
                return seen
        return None

    def _lead(self, page: Page) -> str:
        """Return the first passage that no other entry has, nor a part of it; "" if there is none."""
        old = [each for each in page.passages if (known := self.find(each)) is not None and known.entries]
        fresh = (each.said for each in page.passages if not any(each.holds(other) for other in old))
        return " ".join(next(fresh, "").split(" ")[:_LEAD])

    def _judge(self, page: Page, numbers: set[int], at: datetime) -> None:
        """Learn the passages of an entry that have come to be boilerplate."""
        said = {self._find(passage.print): passage.said for passage in page.passages}
        for number in numbers:
            known = self.known[number]
            if known.learnt is None and known.entries >= FEWEST and self._recurs(number):
                known.learnt, known.said = at, said[number][:LONGEST]

    def _recurs(self, number: int) -> bool:
        carry = [number in seen.passages for seen in self.seen]
        carriers = [seen for seen, carries in zip(self.seen, carry, strict=True) if carries]
        others = [seen for seen, carries in zip(self.seen, carry, strict=True) if not carries]
        since = sum(bool(seen.passages) for seen in self.seen[carry.index(True) :])
        fewest = FEWEST if len(others) >= OTHERS else FEWEST_ALONE
        if len(carriers) < fewest or len(carriers) ** 2 < BAR * since:
            return False
        return (len(others) < OTHERS and len(carriers) >= ENOUGH) or not _is_story(carriers, others)

    def _forget(self, at: datetime) -> None:
        del self.seen[:-WINDOW]
        held = frozenset().union(*(seen.passages for seen in self.seen))
        learnt = sorted((each.last, number) for number, each in self.known.items() if each.learnt)
        kept = {number for last, number in learnt[-MOST_LEARNT:] if last > at - FORGOTTEN}
        for number in self.known.keys() - held - kept:
            gone = self.known.pop(number)
            del self._exact[gone.print]
            for slot in marks(gone.print):
                self._near[slot].remove(number)


def _is_copy(one: str, other: str) -> bool:
    """Whether two passages say most of the same: more of it, if they begin in different ways."""
    its, others = ([*pairwise(said.split(" "))] for said in (one, other))
    common = len({*its} & {*others})
    if len(others) >= _LONG and its[:_OPENING] == others[:_OPENING]:
        return common >= _FILLED * len(others)
    return common >= _FILLED * len({*its, *others})


def _is_story(carriers: Sequence[Seen], others: Sequence[Seen]) -> bool:
    """Whether entries share what they are about: then what they repeat is of their story, not of the site."""
    words = Counter(word for seen in carriers for word in seen.subject)
    elsewhere = Counter(word for seen in others for word in seen.subject)
    return any(
        count > STORY * len(carriers) and elsewhere[word] * len(carriers) * CONTRAST <= count * len(others)
        for word, count in words.items()
    )

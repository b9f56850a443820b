"""Whether two entries carry one report: under one title, or in texts that are nearly one.

Copies of a report are cut short, given another title, or a sentence more; another paper tells it in its own words, with
the same names and numbers. Reports made from one mould are no copies: where each of two says a number or a name that
the other does not have, they tell of different things.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from difflib import SequenceMatcher

from monitor.group.sketch import FACT, LEAD, LEAST_TEXT, LEAST_TITLE, NUMBER, Sketch, plain, rows

#: How far apart entries are at most that carry one report.
WINDOW = timedelta(days=3)

#: By the words of a title, how far apart two publishers print one report under it, and how far apart one does so.
_TITLES = (
    (8, timedelta(hours=24), timedelta(hours=1)),
    (5, timedelta(hours=12), timedelta(minutes=15)),
    (LEAST_TITLE, timedelta(minutes=15), timedelta(minutes=15)),
)
_NEVER = timedelta(-1)
#: Digits in a row by which a page is known, whatever else its link asks for; words of a link that name its report.
_PAGE_DIGITS, _SLUG = 5, 4
#: How far apart one publisher lists a report in several of its sections.
_SECTIONS = timedelta(hours=12)
#: Share of rows that two texts have in common: copies; the same of one publisher; a copy that was cut, of its own rows.
_COPIED, _REPEATED, _CUT = 0.5, 0.8, 0.8
#: Likeness of titles that may be two of one report; that one publisher gave it, one after the other.
_TITLED, _RETITLED = 0.5, 0.7
#: Likeness of reports of which one tells the other again; the share of rows that takes, and how many there must be.
_RETOLD, _PHRASES, _ROWS = 0.6, 0.3, 25
#: Share of facts that each of two copies may have for itself.
_OWN = 0.2
#: Until when another paper tells the report, and not what came of it; the words that each needs to be judged by.
_SOON, _LONG = timedelta(hours=6), 30
#: Of leads in other words: likeness; facts in common, their share of all; how much of a title the other's lead says.
_REWORDED, _SHARED, _SHARE, _HEADED = 0.4, 4, 0.3, 0.4
#: Facts that one of them may have for itself; likeness from which it may have none, as both may be of one mould.
_SPARE, _MOULD = 1, 0.7


def same(one: Sketch, other: Sketch) -> bool:
    """Whether both carry one report. It does not follow that a third that carries the one carries the other."""
    apart = abs(one.when - other.when)
    if apart > WINDOW:
        return False
    own = one.source == other.source
    if _under_one_title(one, other, apart, own=own):
        return True
    if _facts(one.title, other, NUMBER) or _facts(other.title, one, NUMBER):
        return False
    titled = _likeness(one.title, other.title) >= (_RETITLED if own else _TITLED)
    if titled and one.link and one.link == other.link:
        return True
    if min(len(one.text), len(other.text)) < LEAST_TEXT:
        return False
    copied = not _clash(one, other) and _copied(one, other, titled=titled, own=own)
    return copied or (not own and apart <= _SOON and _reworded(one, other))


def _under_one_title(one: Sketch, other: Sketch, apart: timedelta, *, own: bool) -> bool:
    """Whether their title says enough to know that both carry one report; of a short one, unless their texts differ."""
    if plain(one.title) != plain(other.title) or _disagree(_lead(one), _lead(other), one, other, NUMBER):
        return False
    words, others, its_own = next((each for each in _TITLES if len(one.title) >= each[0]), (0, _NEVER, _NEVER))
    near = apart <= (its_own if own else others) or (own and words > 0 and _one_page(one.link, other.link, apart))
    return near and ((words == _TITLES[0][0] and not own) or not _clash(one, other))


def _one_page(one: str, other: str, apart: timedelta) -> bool:
    """Whether links of one host lead to one page: known by its number, or, for a while, by its name in any section."""
    path, other_path = (link.partition("?")[0] for link in (one, other))
    name = path.rpartition("/")[2]
    if path == other_path:
        name = path
    elif name != other_path.rpartition("/")[2] or apart > _SECTIONS:
        return False
    elif name.count("-") >= _SLUG - 1:
        return True
    digits = "".join(letter if letter.isdigit() else " " for letter in name).split()
    return any(len(each) >= _PAGE_DIGITS for each in digits)


def _copied(one: Sketch, other: Sketch, *, titled: bool, own: bool) -> bool:
    """Whether their texts are nearly one."""
    these, those = rows(one.text), rows(other.text)
    common, fewer = len(these & those), min(len(these), len(those))
    share = common / (len(these) + len(those) - common)
    if own:
        return titled and share >= _REPEATED
    if share >= _COPIED or (titled and common >= _CUT * fewer):
        return True
    if fewer < _ROWS or common < _PHRASES * fewer:
        return False
    whole = _likeness(one.title + one.text, other.title + other.text)
    return whole + _likeness(_lead(one), _lead(other)) >= 2 * _RETOLD


def _reworded(one: Sketch, other: Sketch) -> bool:
    """Whether they tell one report in other words, with its names and numbers. The more alike, the less may differ."""
    mine, theirs = _lead(one), _lead(other)
    alike = _likeness(mine, theirs)
    if alike < _REWORDED or min(len(one.text), len(other.text)) < _LONG:
        return False
    if _disagree(one.title, other.title, one, other, FACT) or _disagree(mine, theirs, one, other, NUMBER):
        return False
    spare = min(len(_facts(mine, other, FACT)), len(_facts(theirs, one, FACT)))
    if spare > (_SPARE if alike <= _MOULD else 0):
        return False
    these, those = ({word & ~FACT for word in lead if word & FACT} for lead in (mine, theirs))
    if len(these & those) < max(_SHARED, _SHARE * len(these | those)):
        return False
    return all(_told(title, lead) >= _HEADED for title, lead in ((one.title, theirs), (other.title, mine)))


def _told(title: Sequence[int], lead: Sequence[int]) -> float:
    """Return how much of a title a lead says: 0 to 1."""
    words = {*plain(title)}
    return len(words.intersection(plain(lead))) / len(words) if words else 0.0


def _clash(one: Sketch, other: Sketch) -> bool:
    """Whether, in the same place of their leads, each says what the other says nowhere; or both often do, all over."""
    mine, theirs = _lead(one), _lead(other)
    if _disagree(mine, theirs, one, other, FACT):
        own, others = _facts(mine, other, FACT), _facts(theirs, one, FACT)
        changes = SequenceMatcher(None, plain(mine), plain(theirs), autojunk=False).get_opcodes()
        for what, start, end, begin, stop in changes:
            if what == "replace" and own & {*plain(mine[start:end])} and others & {*plain(theirs[begin:stop])}:
                return True
    return all(
        len(_facts(said.text, against, FACT)) > _OWN * len({word for word in said.text if word & FACT})
        for said, against in ((one, other), (other, one))
    )


def _disagree(mine: Sequence[int], theirs: Sequence[int], one: Sketch, other: Sketch, kind: int) -> bool:
    """Whether each says a fact of this kind that the other says nowhere."""
    return bool(_facts(mine, other, kind) and _facts(theirs, one, kind))


def _facts(words: Iterable[int], other: Sketch, kind: int) -> set[int]:
    """Return the facts of a kind among these words that the other says nowhere."""
    return {word & ~FACT for word in words if word & kind}.difference(plain(other.title), plain(other.text))


def _likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """Return how many words two have in common: 0 to 1."""
    these, those = set(plain(one)), set(plain(other))
    common = len(these & those)
    return float(common / (len(these) * len(those)) ** 0.5) if common else 0.0


def _lead(sketch: Sketch) -> tuple[int, ...]:
    return sketch.title + sketch.text[:LEAD]

"""Belarusian: a dictionary of words with their endings, and a guess by how a word ends for what it does not know.

The dictionary is derived from one for spelling; `data/belarusian.md` says how, and under which licence. A word of the
classical spelling (`сьнег`, `жыцьцё`) is that of the official one if they differ in soft signs alone, and е
may stand for ё.
"""

import gzip
import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib.resources import files

from monitor.morphology.language import Language, Reading
from monitor.morphology.paradigms import Dictionary, Word
from monitor.text.fold import fold

_KINDS = {"A": "adjective", "N": "noun", "P": "name", "V": "verb", "": ""}
#: Soft signs that only the classical spelling writes, and a few that both do: no words differ in these alone.
_SOFT_SIGN = re.compile("(?<=[зсц])ь(?=[бвгджзйклмнпрстфхцчш])|(?<=н)ь(?=н)|(?<=л)ь(?=л)")
#: Forms of Кавалёў and Кавалёва, Пуцін and Пуціна.
_SURNAME = re.compile("(.+[аоеё])(?:ў|в(а|у|ым|е|ай|аю|ы|ых|ымі))|(.+[іы]н)(а|у|ым|е|ай|аю|ы|ых|ымі)?")
_HIS = frozenset({"", "а", "у", "ым", "е", "ы", "ых", "ымі"})
_HERS = frozenset({"а", "у", "ай", "аю", "ы", "ых", "ымі"})
#: Longer words in capitals are shouted, not acronyms.
_ACRONYM = 5
_SURNAME_LENGTH = 5


class Belarusian(Language):
    """Belarusian words, those of the dictionary and others."""

    code = "be"

    def readings(self, form: str) -> tuple[Reading, ...]:
        """Return the dictionary's words with this form, else guesses; a capitalised form may also be a surname's.

        A short word in capitals may be an acronym.
        """
        spelled = _spelled(form)
        known = _known(form)
        found = _acronym(form, known) + (known or _guessed(spelled))
        if form[0].isupper():
            found += _surnames(form.lower())
        return tuple(dict.fromkeys(found)) or (Reading(key=spelled, lemma=form),)

    def knows(self, form: str) -> bool:
        """Whether the dictionary has this form."""
        return bool(_known(form))

    def readings_of_term(self, forms: Sequence[str]) -> tuple[tuple[Reading, ...], ...]:
        """Return the readings; who types a participle means it, and not its verb, and an acronym, and no other word."""
        return tuple(_typed(self.readings(form)) for form in forms)

    def fold(self, form: str) -> str:
        """Return the form folded; a Latin i that stands alone is the conjunction."""
        return fold(form).replace("i", "і") if len(form) == 1 else fold(form)

    def fits(self, words: Sequence[str], at: int, keys: Collection[str]) -> bool:
        """Whether what may be an acronym is meant as a word: only where no word beside has small letters."""
        acronym = words[at] if _acronym(words[at], _known(words[at])) else None
        return acronym is None or acronym in keys or words == [word.upper() for word in words]

    def forms(self, reading: Reading) -> tuple[str, ...]:
        """Return the forms of this word, as the dictionary has them or as they are guessed."""
        spelled = _spelled(reading.lemma)
        reflexive = spelled.endswith(("цца", "ся")) and reading.kind == "verb"
        base = _bases(spelled)[0] if reflexive else spelled
        words = _dictionary().find(base) or _dictionary().guess(base)
        same = [form for word in words if _spelled(word.lemma) == base for form in word.forms]
        return tuple(dict.fromkeys([reading.lemma, *(map(_reflexive, same) if reflexive else same)]))


@cache
def _dictionary() -> Dictionary:
    dictionary = Dictionary(_bare)
    packed = (files(__package__) / "data" / "belarusian.txt.gz").read_bytes()
    dictionary.read(gzip.decompress(packed).decode().splitlines())
    return dictionary


def _bare(part: str) -> str:
    return _official(part).replace("ё", "е")


def _official(part: str) -> str:
    return _SOFT_SIGN.sub("", part) if "ь" in part else part


def _spelled(form: str) -> str:
    """Spell a word as it is looked up; `ў` for its first letter tells only how the word before it ends."""
    return _bare(_lower(form))


def _lower(form: str) -> str:
    lower = form.lower()
    return "у" + lower[1:] if lower.startswith("ў") else lower


def _known(form: str) -> list[Reading]:
    lower = _lower(form)
    found = [_reading(word) for word in _found(lower)]
    verbs = [word for base in _bases(lower) for word in _found(base) if word.paradigm.kind == "V"]
    return found + [_reading(word, reflexive=True) for word in verbs]


def _found(lower: str) -> list[Word]:
    """Return the words with this form, those of its very е and ё if there are any."""
    words = _dictionary().find(_bare(lower))
    official = _official(lower)
    return [word for word in words if official in map(_official, word.forms)] or words


def _guessed(spelled: str) -> list[Reading]:
    if bases := _bases(spelled):
        verbs = [word for base in bases for word in _dictionary().guess(base) if word.paradigm.kind == "V"]
        return [_reading(verb, reflexive=True) for verb in verbs]
    return [_reading(word) for word in _dictionary().guess(spelled)]


def _reading(word: Word, *, reflexive: bool = False) -> Reading:
    lemma = _reflexive(word.lemma) if reflexive else word.lemma
    return Reading(key=_spelled(lemma), lemma=lemma, kind=_KINDS[word.paradigm.kind])


def _bases(spelled: str) -> list[str]:
    """Return the forms that `-ся` may have been put to: `брацца` from `браць`, `бярэцца` from `бярэ`."""
    if spelled.endswith("цца"):
        return [spelled[:-3] + "ць", *([spelled[:-3]] if spelled[-4:-3] in "аеэ" else [])]
    return [spelled[:-2]] if spelled.endswith("ся") else []


def _reflexive(form: str) -> str:
    if form.endswith("ць"):
        return form[:-2] + "цца"
    return form + ("цца" if re.search("[еэ]$|[жчш]а$", form) else "ся")


def _surnames(form: str) -> Iterator[Reading]:
    """Yield the surname whose form this would be, and the one that women have."""
    if len(form) >= _SURNAME_LENGTH and (found := _SURNAME.fullmatch(form)):
        his, ending = (found[1] + "ў", found[2] or "") if found[1] else (found[3], found[4] or "")
        hers = (found[1] + "ва") if found[1] else found[3] + "а"
        for lemma, endings in ((his, _HIS), (hers, _HERS)):
            if ending in endings:
                yield Reading(key=_spelled(lemma), lemma=lemma, kind="name")


def _acronym(form: str, known: Sequence[Reading]) -> list[Reading]:
    """Return the acronym that this may be (`ДАІ`, though `даі` is a form too); a dictionary form is none (`МІР`)."""
    if form.isupper() and 1 < len(form) <= _ACRONYM and all(word.key != _spelled(form) for word in known):
        return [Reading(key=form, lemma=form, kind="acronym")]
    return []


def _typed(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    if readings[0].kind == "acronym":
        return readings[:1]
    if any(reading.kind == "adjective" for reading in readings):
        return tuple(reading for reading in readings if reading.kind != "verb")
    return readings

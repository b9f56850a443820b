"""Which languages a text may be in: a guess that costs microseconds and would rather name one too many.

The script is read off the letters. Languages that share it get points for their traits (`traits`) in the text; what
several of them have counts less for each.
"""

import re
import struct
from bisect import bisect, bisect_left
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import pairwise, repeat
from operator import itemgetter, mul
from unicodedata import normalize

from monitor.text.traits import ARABIC, CYRILLIC, HAN, LATIN, Traits

#: How much of a text is looked at: its beginning, and its end because some say it all twice in two languages.
_HEAD, _TAIL = 180, 60
#: Points for a trait that only one language has.
_WORD, _LETTER, _ENDING = 60, 36, 12
#: Points ahead that leave no doubt. One word is not enough: it may be a name or a quotation.
_LEAD = 60
#: Points for being what the document claims, and for being one of those whose inflection is known.
_DECLARED, _KNOWN = 40, 8
_INFLECTED = ("en", "de", "fr", "es", "pl", "cs", "ru", "uk", "be")
#: Most languages to name for the script of most of the text, and for another that occurs in it.
_MOST, _MOST_ASIDE = 4, 2
#: Words of another script that are taken for a language, not for names.
_LANGUAGE = 3
#: What is left when a text has no letters and nobody claims anything.
_ANY = ("en", "ru", "uk")

_NOISE = re.compile(r"\S*(?:://|@)\S*")
_WORDS = re.compile("[a-zß-\u1fff\u3041-\ud7ff]+")
#: The Latin letter that is often typed inside Cyrillic words.
_LATIN_I = re.compile("(?<=[а-ў])i|i(?=[а-ў])")
_TAG = re.compile(r"([a-z]{2})(?![a-z])")
#: Outdated tags, those of one language with another, and countries that are taken for languages.
_SAME = {"no": "nb", "nn": "nb", "iw": "he", "in": "id", "bs": "hr", "sh": "hr", "ua": "uk", "cz": "cs", "jp": "ja"}


class _Script:
    """The languages of one script.

    The points of all of them are one number, 16 bits each: adding up a text's words adds up for all at once. A sample
    can not give so many that they run over.
    """

    def __init__(self, languages: Mapping[str, Traits]) -> None:
        self.codes = tuple(languages)
        self._scores = struct.Struct(f"<{len(languages)}H")
        self._one = {code: 1 << 16 * place for place, code in enumerate(self.codes)}
        self._languages = languages
        self._prior = sum(_KNOWN * self._one[code] for code in self.codes if code in _INFLECTED)

    @cached_property
    def _words(self) -> dict[str, int]:
        return self._points(_WORD, {code: traits.words for code, traits in self._languages.items()})

    @cached_property
    def _endings(self) -> dict[str, int]:
        return self._points(_ENDING, {code: traits.endings for code, traits in self._languages.items()})

    @cached_property
    def _letters(self) -> dict[str, int]:
        return self._points(_LETTER, {code: traits.letters for code, traits in self._languages.items()})

    def likely(self, words: list[str], sample: str, declared: str) -> list[tuple[int, str]]:
        """Return points and codes of the languages that may be meant, likeliest first."""
        total = self._prior + _DECLARED * self._one.get(declared, 0)
        total += sum(map(self._words.get, words, repeat(0)))
        if not sample.isascii():
            total += sum(map(mul, map(sample.count, self._letters), self._letters.values()))
        if len(found := self._leading(total)) > 1:
            for length in (2, 3):
                total += sum(map(self._endings.get, [word[-length:] for word in words], repeat(0)))
            found = self._leading(total)
        return found

    def _leading(self, total: int) -> list[tuple[int, str]]:
        scores = self._scores.unpack(total.to_bytes(self._scores.size, "little"))
        enough = max(scores) - _LEAD
        found = [(score, code) for score, code in zip(scores, self.codes, strict=True) if score >= enough]
        return sorted(found, key=itemgetter(0), reverse=True)

    def _points(self, points: int, traits: Mapping[str, Iterable[str]]) -> dict[str, int]:
        """Return what each trait is worth, shared among the languages that have it."""
        having: dict[str, set[str]] = {}
        for code, ones in traits.items():
            for one in ones:
                having.setdefault(one, set()).add(code)
        return {
            one: max(1, round(points / len(codes))) * sum(self._one[code] for code in codes)
            for one, codes in having.items()
        }


_LATIN, _CYRILLIC = _Script(LATIN), _Script(CYRILLIC)
#: Where the letters of a script begin, in the order of Unicode.
_BEGINS: tuple[tuple[str, _Script | None], ...] = (
    ("\0", _LATIN),
    ("\u0370", greek := _Script({"el": Traits()})),
    ("\u0400", _CYRILLIC),
    ("\u0530", _Script({"hy": Traits()})),
    ("\u0590", _Script({"he": Traits()})),
    ("\u0600", arabic := _Script(ARABIC)),
    ("\u0700", None),
    ("\u0750", arabic),
    ("\u0780", None),
    ("\u0900", _Script({"hi": Traits()})),
    ("\u0980", None),
    ("\u0e00", _Script({"th": Traits()})),
    ("\u0e80", None),
    ("\u10a0", _Script({"ka": Traits()})),
    ("\u1100", None),
    ("\u1e00", _LATIN),
    ("\u1f00", greek),
    ("\u2000", None),
    ("\u3041", han := _Script(HAN)),
    ("\u3130", korean := _Script({"ko": Traits()})),
    ("\u3190", han),
    ("\ua000", None),
    ("\uac00", korean),
)
_STARTS = tuple(start for start, _ in _BEGINS)
_TOLD_APART = frozenset(code for _, script in _BEGINS if script for code in script.codes)


def plausible(text: str, *, declared: str = "") -> tuple[str, ...]:
    """Return the languages that a text may well be in, likeliest first, as ISO 639-1 codes; never nothing.

    One when there is no doubt, else up to four, and up to two more for each further script. `declared` is the language
    tag (BCP 47) that the document claims: it tips the scales and is believed only where the text tells nothing.
    """
    sample = text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]} {text[-_TAIL:]}"
    if "://" in sample or "@" in sample:
        sample = _NOISE.sub(" ", sample)
    sample = normalize("NFC", sample).lower()
    words = _WORDS.findall(sample)
    claimed = _language(declared)
    found: list[str] = []
    for script, own in _by_script(words):
        if script is _CYRILLIC and "i" in "".join(own):
            sample = _LATIN_I.sub("і", sample)
        likely = script.likely(own, sample, claimed)
        if not found:
            found += [code for _, code in likely[:_MOST]]
        elif script is not _LATIN or likely[0][0] > _LEAD:
            found += [code for _, code in likely[:_MOST_ASIDE]]
    if claimed and (not found or claimed not in _TOLD_APART):
        found.insert(0, claimed)
    return tuple(found) or _ANY


def _by_script(words: list[str]) -> list[tuple[_Script, list[str]]]:
    """Return the scripts of a text with their words, the main one first; a word or two aside are no language.

    Letters of other scripts weigh double beside Latin ones, which names and addresses have everywhere.
    """
    if not words:
        return []
    first, last = (bisect(_STARTS, word) - 1 for word in (min(words), max(words)))
    if first == last:
        return [(script, words)] if (script := _BEGINS[first][1]) else []
    words.sort()
    cuts = [*(bisect_left(words, start) for start in _STARTS), len(words)]
    by_script: dict[_Script, list[str]] = {}
    for (_, script), (start, end) in zip(_BEGINS, pairwise(cuts), strict=True):
        if script and start < end:
            by_script.setdefault(script, []).extend(words[start:end])
    weights = {script: sum(map(len, own)) * (1 if script is _LATIN else 2) for script, own in by_script.items()}
    least = sum(weights.values()) / 8
    return [
        (script, by_script[script])
        for script in sorted(weights, key=weights.__getitem__, reverse=True)
        if weights[script] > least or len(by_script[script]) >= _LANGUAGE
    ]


def _language(tag: str) -> str:
    """Return the language of a tag; "" where it names none of two letters."""
    found = _TAG.match(tag.strip().lower())
    return _SAME.get(found[1], found[1]) if found else ""

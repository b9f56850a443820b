"""Names as other countries and other alphabets spell them: Zelensky, Selenskyj; Белоусов, Білоусов, Бялоусаў.

A Latin spelling is read as each country that may have made it would read it: English (BGN/PCGN, ALA-LC, the passports
of 1997 and 2013, Ukraine's system of 2010), German (Duden), French, Spanish, and that of scholars, Czechs and Poles
(ISO 9). Each reading is one key; spellings that share one may be of one name. Cyrillic is read likewise, by alphabet.
Names that differ by more than their spelling stay apart: Kyiv and Kiev, Vladimir and Volodymyr.

This is for names alone. In Latin letters that is what no dictionary knows, in whatever case: "Put domoi". In Cyrillic
it is what is capitalised and read as a name or known to no dictionary.
"""

import re
from unicodedata import normalize

#: Letters that a term of one word needs to be looked for by these keys; shorter names have too many neighbours.
SHORTEST_ALONE = 5

#: What a group of letters becomes, in order; "." is where a word ends. Sounds that need groups are written ж ш ч х ц.
_Rules = tuple[tuple[str, str], ...]

_MARKED = str.maketrans(
    {"ž": "ж", "ż": "ж", "š": "ш", "ş": "ш", "ș": "ш", "ŝ": "ш", "č": "ч", "ç": "ч", "â": "ia", "û": "iu", "ł": "l"}
    | {"ß": "ss", "ı": "i", "'": None}
)
_MARKS = re.compile("[\u0300-\u036f]")
_LATIN = re.compile("[a-zжшч]+")

_ENGLISH: _Rules = (
    ("shch", "ш"), ("sch", "ш"), ("tch", "ч"), ("ch", "ч"), ("cz", "ч"), ("sh", "ш"), ("zh", "ж"), ("kh", "х"),
    ("ts", "ц"), ("tz", "ц"),
)  # fmt: skip
_GERMAN: _Rules = (
    ("schtsch", "ш"), ("tsch", "ч"), ("sch", "ш"), ("sh", "ж"), ("ch", "х"), ("tz", "ц"), ("ts", "ц"), ("z", "ц"),
)  # fmt: skip
#: German sch is ж as often as ш, its s before a voiced sound з as often as с, which then waits as a Cyrillic letter.
_GERMAN_ZH: _Rules = (("schtsch", "ш"), ("tsch", "ч"), ("sch", "ж"), *_GERMAN)
_SOFT_S: _Rules = (("ss", "с"), *((f"s{next_}", f"з{next_}") for next_ in "aeiouyjbdglmnrvw"), ("с", "s"))
_SCHOLARLY: _Rules = (
    ("szcz", "ш"), ("шч", "ш"), ("ch", "х"), ("cz", "ч"), ("sz", "ш"), ("kh", "х"), ("sh", "ш"), ("zh", "ж"),
    ("h", "х"), ("ts", "ц"), ("c", "ц"),
)  # fmt: skip
_FRENCH: _Rules = (
    ("chtch", "ш"), ("tch", "ч"), ("ch", "ш"), ("sh", "ш"), ("kh", "х"), ("ts", "ц"), ("dj", "dж"), ("j", "ж"),
    ("gue", "ge"), ("gui", "gi"), ("ine.", "in."),
)  # fmt: skip
_SPANISH: _Rules = (("j", "х"), ("gue", "ge"), ("gui", "gi"), *_ENGLISH)

#: How Slavic surnames end; what comes before may be German or French where English has the same letters.
_SURNAME = "(?:[oe]va?|ko|ski|ine)$"
#: By which letters a spelling shows that it may be one of these; each may be English.
_WAYS: tuple[tuple[re.Pattern[str], _Rules], ...] = (
    (re.compile(""), _ENGLISH),
    (re.compile(f"[jcwжшч]|sz|h.*{_SURNAME}"), _SCHOLARLY),
    (re.compile("ch|z.*w|[wj].*z|zk|sh.*w"), _GERMAN),
    (re.compile("sch"), _GERMAN_ZH),
    (re.compile(f"(?=.*(?:[wj]|ch|zk|{_SURNAME})).*s[aeiouyjbdglmnrvw]"), (*_SOFT_S, *_GERMAN)),
    (re.compile("(?=.*sch).*s[aeiouyjbdglmnrvw]"), (*_SOFT_S, *_GERMAN_ZH)),
    (re.compile(f"ou|gu[ei]|tch|jj|dj|j[ny]|[chj].*{_SURNAME}|(?:n|ts)ine$"), _FRENCH),
    (re.compile("j|gu[ei]"), _SPANISH),
)
#: What follows in every way.
_SINGLE: _Rules = (("ph", "f"), ("ce", "цe"), ("ci", "цi"), ("oou", "u"), ("ou", "u"), ("off.", "ov."), ("eff.", "ev."))
_LETTERS = str.maketrans({"c": "k", "w": "v", "y": "i", "j": "i", "x": "ks", "з": "z"})
_KH = re.compile("(?<=[aeiou])h")
#: ё is yo, io, jo and e, after ж ш ч also o; е is e, ye, ie and je.
_E = re.compile("i+(?:e(?![.])|o(?<=[bdfgklmnprstvzхц]io)(?![.]))|[oо](?<=[жшч].)(?=[vв][aа]?[.])")
#: Letters that some write twice; others tell names apart, as in Milley and Milei.
_DOUBLED: _Rules = (("iii", "i"), ("ii", "i"), ("ss", "s"), ("жж", "ж"))

_EAST_SLAVIC: _Rules = (("щ", "шч"), ("йо", "е"), ("ьо", "е"))
_EAST_LETTERS = str.maketrans(
    {"ё": "е", "є": "е", "э": "е", "і": "и", "ї": "и", "ы": "и", "й": "и", "ґ": "г", "ў": "в"} | dict.fromkeys("ьъ'")
)
_CYRILLIC = re.compile("[а-яёіїєґў][а-яёіїєґў']*")
#: Ukrainian і in the first syllable, where Russian may have е: Білоусов.
_FIRST_I = re.compile("^([бвгджзклмнпрстфхцчшщ]{1,2})і")
#: What shows that a name is spelled as Belarusian does; it writes unstressed о and е as а and я, soft т and д as ц, дз.
_BELARUSIAN = re.compile("ў|[джрчш]э|^[^иїє]*і[^иїє]*$")
_BELARUSIAN_SOUNDS = (("дз", "д"), ("ци", "ти"), ("це", "те"), ("ця", "тя"), ("цю", "тю"), ("о", "а"), ("я", "е"))


def keys_of_term(name: str) -> tuple[str, ...]:
    """Return the keys of a name in a term; a Cyrillic one has to be in its dictionary form."""
    spelled = _cyrillic(name)
    marks = "<>" if _BELARUSIAN.search(name.lower()) else "<"
    return (*spelled, *(mark + key for mark in marks for key in _belarusian(spelled))) or _latin(name)


def keys_of_text(name: str, *, belarusian: bool = False) -> tuple[str, ...]:
    """Return the keys of a name in a text, Belarusian or not; a Cyrillic one has to be in its dictionary form.

    What only Belarusian spells alike is alike where either side is Belarusian: Горин and Гарин stay apart.
    """
    spelled = _cyrillic(name)
    mark = "<" if belarusian else ">"
    return (*spelled, *(mark + key for key in _belarusian(spelled))) or _latin(name)


def _latin(form: str) -> tuple[str, ...]:
    word = form.lower().translate(_MARKED)
    if not word.isascii():
        word = _MARKS.sub("", normalize("NFD", word))
    if not _LATIN.fullmatch(word):
        return ()
    return tuple(dict.fromkeys(_read(word, rules) for evidence, rules in _WAYS if evidence.search(word)))


def _read(word: str, rules: _Rules) -> str:
    word = _replace(word + ".", (*rules, *_SINGLE))
    word = _E.sub("e", _KH.sub("х", word.translate(_LETTERS)))
    return _replace(word, _DOUBLED)[:-1]


def _cyrillic(lemma: str) -> tuple[str, ...]:
    word = lemma.lower()
    if not _CYRILLIC.fullmatch(word):
        return ()
    return tuple(dict.fromkeys((_spelled(word), _spelled(_FIRST_I.sub(r"\1е", word)))))


def _belarusian(spelled: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_replace(word, _BELARUSIAN_SOUNDS) for word in spelled)


def _spelled(word: str) -> str:
    word = _replace(word, _EAST_SLAVIC).translate(_EAST_LETTERS)
    return _replace(_E.sub("е", word + "."), (("ии", "и"),))[:-1]


def _replace(word: str, rules: _Rules) -> str:
    for group, sound in rules:
        word = word.replace(group, sound)
    return word

"""What stems the forms of a word may have, by rules; and which words may so have a form."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from os.path import commonprefix

VOWELS = "аеёіоуыэюя"
_FOLDED = str.maketrans("оэёеў", "ааяяу")
#: How the end of a stem changes before endings.
_CHANGES_OF_VERBS = "сц шч,ск шч,ст шч,дз дж,п пл,б бл,м мл,в ул,ф фл,т ч,т ц,ц ч,д дж,д дз,г ж,з ж,с ш,к ч,х ш"
_CHANGES_OF_NOUNS = "г з,к ц,х с,д дз,т ц,ст сц"
#: Infinitives and the stems of their other forms; {0} is what the first group is.
_STEMS_OF_VERBS = (
    ("(.*)([ая])ваць", "{0}у {0}{1}"),
    ("(.*)ць", "{0}"),
    ("(.*)[аяіыу]ць", "{0}"),
    ("(.*)[ая]ць", "{0}н"),
    ("(.*)нуць", "{0}"),
    ("(.*)няць", "{0}м {0}нім {0}йм {0}ым {0}дым"),
    ("(.*)зці", "{0}з"),
    ("(.*)сці", "{0} {0}с {0}д {0}т {0}б {0}н"),
    ("(.*)[йі]сці", "{0}йд {0}ід {0}йша {0}іша {0}йш {0}іш"),
    ("(.*)рці", "{0}р"),
    ("(.*)црці", "{0}тр"),
    ("(.*)гчы", "{0}г"),
    ("(.*)чы", "{0}г {0}к"),
)
#: Ends of irregular infinitives, and of the stems of their other forms.
_IRREGULAR = tuple(
    line.split()
    for line in (
        "яхаць яд,браць бяр,драць дзяр,праць пяр,зваць зав,слаць шл сцял,гнаць ган,бягчы бяг,узяць вазьм,быць буд,"
        "малаць мял,лягчы ляг,сясці сяд,клясці клян,дзяць дзян,стаць стан,мяць мн,жаць жн,пяць пн пя,цяць тн,жыць жыв,"
        "плыць плыв,слыць слыв,сядзяць сядж,піць п' пі,даць дад дас дасц,ясці я яд ясц,"
        "біць б',віць в',ліць ль лі,іржаць ірж,тачы тк,мярці мр,"
        "цярці тр,пярці пр,жарці жр,хацяць хач,дзьмуць дзьм,чаць чн,сячы сяк,лгаць лг,расці раст,ссаць сс,ткаць тк"
    ).split(",")
)


def folded(word: str) -> str:
    """Spell a word as the rules do."""
    return word.lower().translate(_FOLDED)


def alike(word: str, other: str) -> int:
    """Return how many letters two words begin with in common."""
    return len(commonprefix([word, other]))


class Words:
    """Words with their forms, and who may have a form: by the stems that rules give for a word."""

    def __init__(self, stems: Callable[[str], set[str]], endings: Collection[str]) -> None:
        self.forms: defaultdict[str, set[str]] = defaultdict(set)
        self._stems, self._endings = stems, endings
        self._by_stem: defaultdict[str, set[str]] = defaultdict(set)

    def learn(self, words: Iterable[str]) -> None:
        """Take in words that may have further forms."""
        for word in words:
            for stem in self._stems(word.lower()):
                self._by_stem[stem].add(word)

    def of(self, form: str, endings: Collection[str] = ()) -> set[str]:
        """Return the words that may have this form; a name has a capital, and no other word has."""
        whole = folded(form)
        found = {
            word
            for cut in range(max(1, len(whole) - 5), len(whole) + 1)
            if whole[cut:] in (endings or self._endings)
            for word in self._by_stem.get(whole[:cut], ())
        }
        return {word for word in found if word[0].isupper() == form[0].isupper()}


def likest(words: Collection[str], form: str) -> str:
    """Return the word that begins most like the form."""
    return max(
        sorted(words),
        key=lambda word: (alike(folded(word), folded(form)), alike(word, form), -abs(len(word) - len(form))),
    )


def changed(stem: str, changes: str) -> set[str]:
    """Return the stem with its end as it is, and changed."""
    pairs = (pair.split() for pair in changes.split(","))
    return {stem, *(stem.removesuffix(old) + new for old, new in pairs if stem.endswith(old))}


def stems_of_verb(infinitive: str) -> set[str]:
    """Return stems that forms of the verb may have, folded."""
    infinitive, stems = folded(infinitive), set()
    for pattern, made in _STEMS_OF_VERBS:
        if found := re.fullmatch(pattern, infinitive):
            stems.update(made.format(*found.groups()).split())
    for end, *ends in _IRREGULAR:
        if infinitive.endswith(end):
            before = infinitive.removesuffix(end)
            befores = {before, before.removesuffix("а"), re.sub("са?$", "з", before)}
            stems.update(one + stem for one in befores for stem in ends)
    return {other for stem in stems for other in changed(stem, _CHANGES_OF_VERBS)}


def stems_of_noun(nominative: str) -> set[str]:
    """Return stems that forms of the noun may have, folded."""
    vocal, nominative = nominative[-1] in VOWELS, folded(nominative)
    stem = nominative.rstrip("ьй")
    if vocal:
        stem = nominative[:-1]
        stems = {stem, stem[:-1] if stem[-2:-1] == stem[-1:] else stem, re.sub("в$", "у", stem)}
        stems |= {re.sub("(ь|й|у|)([^аяіыуью])$", rf"{kept}{vowel}\2", stem) for vowel in "ая" for kept in ("", "в")}
        stems |= {stem + end for end in ("яц", "ят", "ян", "ат") if nominative[-1] == "я"}
    else:
        lost = {re.sub("[ая]([^аяіыу]+)$", rf"{soft}\1", one) for one in (nominative, stem) for soft in ("", "ь", "й")}
        lost |= {
            re.sub(old + "([^аяіыу]+)$", rf"{new}\1", stem)
            for old, new in (("дзя", "д"), ("ця", "т"), ("ва", "у"), ("вя", "у"))
        }
        stems = {nominative, stem, stem + stem[-1:], *lost, re.sub("ін$", "", stem), re.sub("([ая])нак$", r"\1т", stem)}
        stems |= {re.sub("у$", "в", one) for one in stems}
    return {other for one in stems for other in changed(one.rstrip("ь"), _CHANGES_OF_NOUNS)} | stems

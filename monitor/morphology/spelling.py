"""British and American spelling, as rules; says nothing of words that only one of them has."""

import re
from collections.abc import Callable
from typing import Final

#: What becomes what, where both spellings are words: "prise" and "prize" are two, "organise" and "organize" one.
_RULES: Final = tuple(
    (re.compile(british), american)
    for british, american in (
        ("(?<=...)is(?=(?:e|er|ed|ing|able|ation|ational)$)", "iz"),
        ("(?<=..)ys(?=(?:e|er|ed|ing)$)", "yz"),
        ("(?<=[a-z]{3})our", "or"),
        ("(?<=[bct])(?<!timb)re(?=d?$)", "er"),
        ("(?<=..)ence(?=(?:less)?$)", "ense"),
        ("(?<=el)l(?=(?:er|or|ery)$)", ""),
        ("(?<=...og)ue$", ""),
        ("(?<=dg)e(?=ment)", ""),
        ("(?<=gra)mme$", "m"),
        ("(?<=[io])l(?=(?:ful|ment)?$)", "ll"),
        ("(?<=m)ou(?=l[dt])", "o"),
        ("^scept", "skept"),
        ("ae(?=..)|^oe|oe(?=a)|(?<=^f)oe(?=t)", "e"),
    )
)
_SOME: Final = re.compile("|".join(british.pattern for british, _ in _RULES))
_ALWAYS: Final = {
    "ageing": "aging", "aeroplane": "airplane", "aluminium": "aluminum", "artefact": "artifact", "cosy": "cozy",
    "grey": "gray", "instalment": "installment", "jewellery": "jewelry", "manoeuvre": "maneuver",
    "moustache": "mustache", "plough": "plow", "practise": "practice", "pyjamas": "pajamas", "sulphur": "sulfur",
}  # fmt: skip
#: So regular that no dictionary need have the word.
_ISATION: Final = re.compile("isation$")


def american(word: str, is_word: Callable[[str], bool]) -> str:
    """Return a word's American spelling, the word itself if `is_word` does not know that one."""
    if word in _ALWAYS:
        return _ALWAYS[word]
    if not _SOME.search(word):
        return word
    word = _ISATION.sub("ization", word)
    for british, spelling in _RULES:
        if (spelled := british.sub(spelling, word)) != word and is_word(spelled):
            word = spelled
    return word

"""The keys of a word: two words that share a key are the same word to a matcher.

The one place that knows languages. Today a word's key is its folded spelling.
"""

from unicodedata import normalize

from monitor.text.fold import fold

#: Languages whose words have keys of their own; "" is every other one. A term may stand in any of them.
LANGUAGES = ("", "tr")
#: In Turkish and Azerbaijani, I and i are two letters (CaseFolding.txt, status T).
_TURKISH = str.maketrans("Iİ", "ıi")


def language_of(tag: str) -> str:
    """Return which of LANGUAGES a text with this BCP 47 tag is read in."""
    return "tr" if tag.lower().replace("_", "-").partition("-")[0] in {"tr", "az"} else ""


def keys(token: str, language: str) -> tuple[str, ...]:
    """Return the keys of a token as a text in this one of LANGUAGES means it."""
    if language == "tr":
        token = normalize("NFC", token).translate(_TURKISH)
    return (fold(token),)


def keys_of_term(token: str) -> tuple[str, ...]:
    """Return the keys of a term's word: its language is not known, so those of all."""
    return tuple(dict.fromkeys(key for language in LANGUAGES for key in keys(token, language)))

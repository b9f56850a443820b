"""Stems by Snowball's rules: for words that no dictionary has and for languages without one; its only door."""

import snowballstemmer

from monitor.morphology.language import Language, Reading
from monitor.text.fold import fold

_ALGORITHMS = {
    "bs": "serbian", "hr": "serbian", "sr": "serbian",
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch",
    "nn": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

#: Languages that there are rules for, by ISO 639-1 code.
LANGUAGES = frozenset(_ALGORITHMS)


def stem(word: str, code: str) -> str:
    """Return the stem of a word in lower case, the word itself for a language that Snowball does not know."""
    if code not in _ALGORITHMS:
        return word
    # A stemmer keeps the word it is at, so that threads can not share one; making one costs a microsecond.
    return str(snowballstemmer.stemmer(_ALGORITHMS[code]).stemWord(word))


class Stemmed(Language):
    """A language of which there are only rules: words with one stem are taken for forms of one word."""

    def __init__(self, code: str) -> None:
        self.code = code

    def readings(self, form: str) -> tuple[Reading, ...]:
        """Return the word whose stem the form has; its dictionary form is not known."""
        return (Reading(key=stem(fold(form), self.code), lemma=form),)

    def knows(self, form: str) -> bool:
        """Return False: there is no dictionary."""
        del form
        return False

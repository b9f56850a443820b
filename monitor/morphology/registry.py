"""Which languages there are, and what reads them; a language is loaded when it is first used."""

from functools import cache
from importlib import import_module
from typing import Final

from monitor.morphology.language import Language, Reading
from monitor.text.fold import fold

#: Languages that an entry may be in, by ISO 639-1 code.
LANGUAGES: Final = {
    "ar": "Arabic", "be": "Belarusian", "bg": "Bulgarian", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech",
    "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "eo": "Esperanto", "es": "Spanish",
    "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish",
    "gd": "Scottish Gaelic", "gl": "Galician", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian",
    "kk": "Kazakh", "ko": "Korean", "ky": "Kyrgyz", "lb": "Luxembourgish", "lt": "Lithuanian", "lv": "Latvian",
    "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian", "ms": "Malay", "nb": "Norwegian", "ne": "Nepali",
    "nl": "Dutch", "nn": "Norwegian Nynorsk", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovene", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil",
    "tg": "Tajik", "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "tt": "Tatar", "uk": "Ukrainian", "vi": "Vietnamese",
    "yi": "Yiddish", "zh": "Chinese",
}  # fmt: skip
#: Languages with a module of their own, each with a class of its module's name.
INFLECTED: Final = {
    "be": "belarusian", "cs": "czech", "de": "german", "en": "english", "es": "spanish", "fr": "french",
    "pl": "polish", "ru": "russian", "tr": "turkish", "uk": "ukrainian",
}  # fmt: skip


class Unread(Language):
    """A language that nothing is known of: each form is a word of its own."""

    def __init__(self, code: str) -> None:
        self.code = code

    def readings(self, form: str) -> tuple[Reading, ...]:
        """Return the form itself."""
        return (Reading(key=fold(form), lemma=form),)

    def knows(self, form: str) -> bool:
        """Return False: there is no dictionary."""
        del form
        return False


@cache
def language(code: str) -> Language:
    """Return the language of an ISO 639-1 code; one that no library reads is read as it is written."""
    if name := INFLECTED.get(code):
        known: type[Language] = getattr(import_module(f"monitor.morphology.{name}"), name.capitalize())
        if known.is_installed():
            return known()
    made: Language = Unread(code)
    # simplemma takes a tenth of a second to import, which commands that match nothing need not wait for.
    if code in (simple := import_module("monitor.morphology.simple")).LANGUAGES:
        made = simple.Simple(code)
    elif code in (snowball := import_module("monitor.morphology.snowball")).LANGUAGES:
        made = snowball.Stemmed(code)
    return made

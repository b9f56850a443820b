"""What a language has to say of its words; each supported one says it in a module of its own."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from monitor.text.fold import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One word that a form may be a form of."""

    #: What texts and terms are compared by; two forms that share a key are forms of one word.
    key: str
    #: The word in its dictionary form, for people.
    lemma: str
    #: What it is, in words for people: "noun", "surname", "participle"; "" where no one knows.
    kind: str = ""


class Language(ABC):
    """One language's words.

    A form is a word as `text.words.tokens` cuts it, spelled plainly (`text.fold.plain`: composed, without invisible
    characters, stress marks and look-alikes of another script), its case and its ё as they are written.
    """

    #: ISO 639-1, as in "ru".
    code: str

    @classmethod
    def is_installed(cls) -> bool:
        """Whether there is all that it needs; simplemma's dictionary does instead if not."""
        return True

    @abstractmethod
    def readings(self, form: str) -> tuple[Reading, ...]:
        """Return what a form in running text may well be, likeliest first; never nothing."""

    @abstractmethod
    def knows(self, form: str) -> bool:
        """Whether a dictionary has this form, so that its readings are no guess."""

    def readings_of_term(self, forms: Sequence[str]) -> tuple[tuple[Reading, ...], ...]:
        """Return for each word of a term what the person who typed it may mean by it; never nothing.

        A person types dictionary forms more often than texts do, and the words of a phrase explain each other.
        """
        return tuple(self.readings(form) for form in forms)

    def fold(self, form: str) -> str:
        """Return the form with its case folded as this language does it."""
        return fold(form)

    def fits(self, words: Sequence[str], at: int, keys: Collection[str]) -> bool:
        """Whether its neighbours allow that the word at this place is one of those with these keys.

        `words` are it and those next to it in its sentence. `keys` are some of its keys, not all: only where a form is
        ambiguous is there a question.
        """
        del words, at, keys
        return True

    def forms(self, reading: Reading) -> tuple[str, ...]:
        """Return forms in which a text may have this word, as a sample for people; the lemma at least."""
        return (reading.lemma,)

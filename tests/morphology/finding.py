"""Whether a language finds the words of a term in a text, as a matcher would ask it."""

from monitor.morphology.language import Language


def keys(language: Language, form: str) -> tuple[str, ...]:
    """The keys of a form in running text."""
    return tuple(dict.fromkeys(reading.key for reading in language.readings(form)))


def finds(language: Language, term: str, text: str) -> bool:
    """Whether a text has the words of a term one after the other, each in any form."""
    wanted = [{reading.key for reading in readings} for readings in language.readings_of_term(term.split())]
    words = text.split()
    for at in range(len(words) - len(wanted) + 1):
        found = [accepted & {*keys(language, word)} for accepted, word in zip(wanted, words[at:], strict=False)]
        if all(found) and (len(wanted) > 1 or language.fits(words, at, found[0])):
            return True
    return False


def finds_last(language: Language, term: str, text: str) -> bool:
    """Whether a term of one word finds the last word of a text."""
    words = text.split()
    (meant,) = language.readings_of_term([term])
    found = {reading.key for reading in meant}.intersection(keys(language, words[-1]))
    return bool(found) and language.fits(words, len(words) - 1, found)

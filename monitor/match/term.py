"""A term as the user writes it: what it says, and what is wrong with it."""

import re

from monitor.errors import TermInvalid
from monitor.match.automaton import Phrase
from monitor.match.keys import keys_of_term
from monitor.model.entry import Field
from monitor.text.words import parted, spans

#: What the term language is to give a meaning, so that it must not silently mean something else until it does.
#: Brackets are missing: they group operators, and without one they are punctuation, as in "Operations (JADO)".
_RESERVED = re.compile(
    rf"""
      "[^"]*"                                              # literal, whatever it holds
    | (?P<open>")
    | (?P<regex>\A\s*/.+/\s*\Z)
    | (?P<operator>(?<![^\s()])(?:AND|OR|NOT|NEAR/\d+)(?![^\s()]))
    | (?P<star>\*)
    | (?P<exact>(?<![^\s(])=(?=\S))
    | (?P<field>(?<![^\s(])(?:{"|".join(Field)}):)
    """,
    re.VERBOSE,
)
_MESSAGE = {
    "open": 'this " is never closed',
    "regex": "regular expressions are not supported",
    "operator": "{} is an operator, and operators are not supported",
    "star": "* stands for any ending, which is not supported",
    "exact": "= asks for this very form, which is not supported",
    "field": "{} asks for one field, which is not supported in a term",
}
_HINT = {
    "open": 'close it, or leave it out: quotes are only needed around words like "OR"',
    "regex": 'write the words themselves; to look for "/these words/" as they are, put them in double quotes',
    "operator": 'list alternatives as separate terms, and exclusions under `none`; the word itself is written "{}"',
    "star": "list the forms as separate terms; quotes around the term leave the * without meaning",
    "exact": "leave the = out, or put the term in double quotes",
    "field": "name the fields under `in`; quotes around the term take it as words",
}


def check_term(text: str) -> None:
    """Raise TermInvalid, with column and hint, unless this is a term that a Matcher takes."""
    phrase_of(text)


def phrase_of(term: str) -> Phrase:
    """Return what a term looks for.

    Raises TermInvalid when it holds no word, or what the term language reserves, outside double quotes.
    """
    for found in _RESERVED.finditer(term):
        if kind := found.lastgroup:
            raise TermInvalid(_MESSAGE[kind].format(found[0]), column=found.start(), hint=_HINT[kind].format(found[0]))
    where = spans(term)
    if not where:
        raise TermInvalid("there is no word in this term", hint="a term needs a letter, a digit or an emoji")
    words = tuple(keys_of_term(term[start:end]) for start, end in where)
    return Phrase(words=words, crosses=parted(term, where[0][0], where[-1][1]))

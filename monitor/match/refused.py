"""What other search languages know and terms do not: each is refused by name, with what to write instead."""

from typing import Final

from monitor.errors import TermInvalid
from monitor.model.entry import Field

#: Message and remedy by the name of the group in `lexemes` that finds it; {} is what was found.
_REFUSED: Final = {
    "unclosed": ("this {} is never closed", 'close it, or leave it out: quotes are only needed around words like "OR"'),
    "slop": ("{} after quotes is not known", "write the words with NEAR between them: foreign NEAR/5 agent"),
    "flags": (
        "letters after a regular expression are not known",
        "leave them out: any case is found, unless the expression begins with (?-i)",
    ),
    "unclosed_pattern": (
        "this / is never closed",
        "end the regular expression with / before a space or the end; words with a / need double quotes around them",
    ),
    "near": (
        "{} is not how nearness is written",
        "write NEAR/10 between two words or phrases, in capitals and with a number of words",
    ),
    "exact_group": ("= applies to one word, or to words in quotes", 'write it before each: =word, ="two words"'),
    "star": (
        "* stands for any ending of a word, after two letters or more, and for nothing else",
        "list the forms with OR, or write a regular expression: /моб\\w+ация/; in double quotes * has no meaning",
    ),
    "exact_star": ("= asks for this very form and * for any ending: not both", "leave one of them out"),
    "range": (
        "{} is no range of numbers here",
        "leave it out, as only new entries are looked at; or name the numbers: AND (2024 OR 2025)",
    ),
    "bar": ("{} is not known", "write OR, in capitals"),
    "both": ("{} is not known", "write AND, in capitals"),
    "minus": (
        "{} before a word does not exclude it",
        "to exclude it, write NOT word or put it under `none`; a dash between words has spaces on both sides or none",
    ),
    "plus": (
        "+ before a word is not known",
        "leave it out: all words of a phrase must be there; parts are joined by AND",
    ),
    "fuzzy": ("~ is not known", "inflected forms are found anyway; list other spellings with OR, nearness is NEAR/5"),
    "wild": ("? does not stand for a letter", "list the forms with OR, or write a regular expression: /wom[ae]n/"),
    "case": ("{} must be written in small letters", "write title:, summary:, text:, author:, category: or link:"),
}
_OF_FEEDS: Final = "leave it out and name the site's feeds under `feeds`; link:example looks for a word in the address"
_OF_TIME: Final = "leave it out: only new entries are looked at"
_OF_LANGUAGE: Final = "leave it out: name the feeds of that language under `feeds`"
_OF_PLACE: Final = "leave it out, and name the place with AND"
#: Prefixes that search engines know, by what to write instead of them.
_PREFIXES: Final = {
    "write title: instead, before each word or before brackets": "intitle allintitle headline subject ti",
    "write text: instead, or nothing": "intext allintext inbody body content contents description",
    "write link: instead": "inurl allinurl url",
    _OF_FEEDS: "site source domain host publisher sourcecountry feed",
    _OF_TIME: "before after since until date daterange datetime published when from_date to_date year",
    _OF_LANGUAGE: "lang language sourcelang",
    _OF_PLACE: "location loc place near country region geocode",
    "write author: instead": "from by inauthor creator user byline",
    "write category: instead": "tag tags topic label hashtag keyword keywords inpostauthor",
    "leave it out: feeds have no files": "filetype ext is has filter type mimetype",
    "leave it out: it is not known": "to related cache define info inanchor allinanchor min_faves min_retweets replies",
}
_INSTEAD: Final = {prefix: hint for hint, prefixes in _PREFIXES.items() for prefix in prefixes.split()}


def refuse(kind: str, text: str, column: int) -> TermInvalid:
    """Return what is wrong with this part of a term."""
    message, hint = _REFUSED[kind]
    return TermInvalid(message.format(text), column=column, hint=hint)


def check_prefix(text: str, column: int) -> None:
    """Raise TermInvalid if this word with a colon after it asks for something; otherwise it is a word."""
    name = text.removesuffix(":").lower()
    if name in _INSTEAD:
        raise TermInvalid(f"{text} is not known in a term", column=column, hint=_INSTEAD[name])
    if name in set(Field):
        raise refuse("case", text, column)

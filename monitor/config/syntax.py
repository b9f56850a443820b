"""What a YAML syntax error most probably is, in words that say how to mend it."""

import re

import yaml

from monitor.config.fault import Place, quoted

Explained = tuple[Place, str, str]

#: A `${NAME}` just before the error.
_HOLE = re.compile(r"\$\{([^{}\s]*\}.?)?$")
_WORTH = 120
_CLOSING = {"[": "]", "{": "}"}
#: What opens when a text begins with one of these, as the parser calls it.
_OPENERS = ("alias", "anchor", "tag", "block scalar", "directive")
_PROBLEMS = {
    "mapping values are not allowed": (
        "a colon stands here where no value can begin",
        "if it belongs to a text, put the text in quotes; if not, look at the indentation here and one line before",
    ),
    "sequence entries are not allowed": (
        "a list can not begin here",
        'begin it with "- " on a line of its own, or write it as [one, two]',
    ),
    "could not find expected ':'": (
        "this line has no colon",
        'write "key: value", or begin the line with "- " if it belongs to a list',
    ),
    "but found ']'": ("this bracket closes nothing", "delete it, or put the text in quotes"),
    "but found '}'": ("this bracket closes nothing", "delete it, or put the text in quotes"),
    "but found ','": ("a text can not begin with a comma", "delete it, or put the text in quotes"),
    "expected <block end>": (
        "this line does not fit the lines before it",
        "what belongs together begins in the same column; deeper lines are indented with spaces",
    ),
}


def explain(error: yaml.MarkedYAMLError, text: str, quotes: tuple[int, int]) -> Explained:
    """Return place, message and hint for an error of the parser.

    `quotes` are the offsets where the last quoted text before the error begins and ends.
    """
    problem, context = error.problem or "", error.context or ""
    at = error.problem_mark.index if error.problem_mark else 0
    since = error.context_mark.index if error.context_mark else at
    if hole := _HOLE.search(text, text.rfind("\n", 0, at) + 1, at + 1):
        place, hint = place_of(text, hole.start()), 'put the text in quotes: "${NAME}"'
        return place, "between brackets, ${NAME} needs quotes", hint
    if "escape" in problem:
        hint = "where a backslash shall stay a backslash, use 'single quotes'"
        return place_of(text, at), "this is no escape that YAML knows", hint
    if "quoted scalar" in context:
        return place_of(text, since), "this quote is never closed", f"close it with {text[since]} on the same line"
    if "found character" in problem or context.endswith(_OPENERS):
        return _odd_beginning(text, at if "found character" in problem else since)
    if quotes[1] and not text[quotes[1] : at].strip(" ") and text[at : at + 1] not in _CLOSING.values():
        return _after_quote(text, quotes, at)
    return _layout(text, since, at, problem, bracket="flow" in context and text[since : since + 1] in _CLOSING)


def _layout(text: str, since: int, at: int, problem: str, *, bracket: bool) -> Explained:
    if bracket:
        hint = f"close it with {_CLOSING[text[since]]}; if it belongs to a text, put the text in quotes"
        return place_of(text, since), f"this {text[since]} is not closed, or a comma is missing after it", hint
    for words, (message, hint) in _PROBLEMS.items():
        if words in problem:
            return place_of(text, since if "':'" in words else at), message, hint
    return place_of(text, at), f"this is not YAML: {problem}", "put texts with special characters in quotes"


def place_of(text: str, offset: int) -> Place:
    """Return line and column of an offset."""
    before = text[:offset]
    return Place(line=before.count("\n") + 1, column=len(before) - before.rfind("\n"))


def line_from(text: str, offset: int) -> str:
    """Return what stands from an offset to the end of its line; of a long line, as much as is worth showing."""
    return text[offset : offset + _WORTH].partition("\n")[0]


def _odd_beginning(text: str, at: int) -> Explained:
    line = line_from(text, at).rstrip()
    if text[at : at + 1] == "\t":
        return place_of(text, at), "a tab stands here", "use spaces: YAML does not take tabs for indentation"
    message = f"a text can not begin with {line[:1]} unless it is in quotes"
    return place_of(text, at), message, f"write {quoted(line)}"


def _after_quote(text: str, quotes: tuple[int, int], at: int) -> Explained:
    begin, end = quotes
    if "\n" in text[begin:end]:
        line = place_of(text, end).line
        return place_of(text, begin), f"this quote is closed only in line {line}", f"close it with {text[begin]} before"
    whole = line_from(text, begin).rstrip()
    return place_of(text, at), "text goes on after the closing quote", f"put all of it in quotes: {quoted(whole)}"

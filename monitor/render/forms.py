"""How each kind of channel writes a text: what stands out, links, and nothing of a feed as markup."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from html import escape

from monitor.model.alert import HEADING, MARK, UNMARK

_EDGE = re.compile(f"[{MARK}{UNMARK}{HEADING}]")
_MARKED = re.compile(f"{MARK}([^{MARK}{UNMARK}\n]*){UNMARK}")
_LINK = re.compile(r"https?://[^\s<>\"]+")


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Go through a text in pieces, each with whether it is marked; a mark that is only half there is none."""
    for number, piece in enumerate(_MARKED.split(text)):
        if plainly := _EDGE.sub("", piece):
            yield plainly, number % 2 == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a line is written: text by `escape`, what is marked and headings around it, a line that is a link."""

    escape: Callable[[str], str]
    mark: str
    heading: str
    link: Callable[[str], str]

    def lines(self, text: str) -> list[str]:
        """Write a text, line by line."""
        return [self._line(line) for line in text.split("\n")]

    def _line(self, line: str) -> str:
        if _LINK.fullmatch(line):
            return self.link(line)
        safe = ((self.escape(piece), marked) for piece, marked in pieces(line))
        if line.startswith(HEADING):
            return self.heading.format("".join(piece for piece, _ in safe))
        return "".join(self.mark.format(piece) if marked else piece for piece, marked in safe)


def plain(text: str) -> str:
    """Return the text with what is marked between asterisks; others in the same line are replaced by their like."""

    def line(text: str) -> str:
        if not _MARKED.search(text):
            return _EDGE.sub("", text)
        alike = ((piece.replace("*", "\N{ASTERISK OPERATOR}"), marked) for piece, marked in pieces(text))
        return "".join(f"*{piece}*" if marked else piece for piece, marked in alike)

    return "\n".join(map(line, text.split("\n")))


def html(text: str) -> str:
    """Return the text as HTML of the tags that Telegram and Matrix know.

    Paragraphs are kept apart by a character of no width: of two line breaks Apprise leaves Telegram one.
    """
    return "<br>".join(line or "\u200b" for line in _TAGS.lines(text))


_safe = partial(escape, quote=False)
_TAGS = Form(escape=_safe, mark="<b>{}</b>", heading="<b>{}</b>", link=_safe)


def _no_lists(text: str) -> str:
    """Escape what would begin a list, or make a heading of the line before."""
    return _LINE_START.sub(r"\1\\\2", text)


_LINE_START = re.compile(r"^(\s*\d{0,9})([-+=.)])(?=[-=]|\s|$)", re.MULTILINE)


def _escaping(signs: str) -> Callable[[str], str]:
    return partial(re.compile(rf"[{signs}]").sub, r"\\\g<0>")


def markdown(text: str) -> str:
    """Return Markdown as Discord and Mattermost show it: what they can not escape, such as `<`, means nothing there."""
    return _no_lists("\n".join(_MARKDOWN.lines(text)))


_MARKDOWN = Form(escape=_escaping(r"\\`*_~|\[\]#>"), mark="**{}**", heading="**{}**", link=str)


def commonmark(text: str) -> str:
    """Return CommonMark. An address with signs of its own is written so that it stays one, and lines stay apart."""
    return re.sub(r"(?<=\S)\n(?=\S)", "  \n", _no_lists("\n".join(_COMMONMARK.lines(text))))


_COMMONMARK = Form(
    escape=_escaping(r"\\`*_~|\[\]#<>&"),
    mark="**{}**",
    heading="**{}**",
    link=lambda link: link if re.fullmatch(r"[^\[\]()<>*_`\\]+", link) else f"<{link}>",
)


def slack(text: str) -> str:
    """Return CommonMark of which Apprise makes Slack's mrkdwn.

    That knows no way to escape signs: where they would be markup, others of the same look stand for them.
    """
    return "\n".join(_SLACK.lines(text))


def _alike(text: str) -> str:
    return _escaping(r"<>\[\]#")(_FORMATTING.sub(lambda sign: _ALIKE[sign[0]], text))


_ALIKE = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ", "\\": "∖"}
#: Asterisk, backtick and backslash everywhere, the others where a word begins or ends.
_FORMATTING = re.compile(r"[*`\\]|(?<!\w)[_~]|[_~](?!\w)")
_SLACK = Form(escape=_alike, mark="**{}**", heading="**{}**", link="<{}>".format)

"""How each kind of channel writes a text: what stands out, links, and nothing of a feed as markup."""

import html as markup
import re
from collections.abc import Callable, Iterator
from functools import partial

from monitor.model.alert import MARK, UNMARK

_EDGE = re.compile(f"[{MARK}{UNMARK}]")
_MARKED = re.compile(f"{MARK}([^{MARK}{UNMARK}\n]*){UNMARK}")
LINK = re.compile(r"https?://[^\s<>\"]+")


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Go through a text in pieces, each with whether it is marked; a mark that is only half there is none."""
    for number, piece in enumerate(_MARKED.split(text)):
        if plainly := _EDGE.sub("", piece):
            yield plainly, number % 2 == 1


def plain(text: str) -> str:
    """Return the text with what stands out between asterisks; others in the same line are replaced by their like."""

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
    safe = ((markup.escape(piece, quote=False), marked) for piece, marked in pieces(text))
    written = "".join(f"<b>{piece}</b>" if marked else piece for piece, marked in safe)
    return written.replace("\n\n", "\n\u200b\n").replace("\n", "<br>")


def _markdown(text: str, *, escaped: Callable[[str], str], link: Callable[[str], str]) -> str:
    """Write marks as Markdown does, links by `link`, and the rest by `escaped`."""

    def line(text: str) -> str:
        safe = ((escaped(piece), marked) for piece, marked in pieces(text))
        return "".join(f"**{piece}**" if marked else piece for piece, marked in safe)

    return "\n".join(link(each) if LINK.fullmatch(each) else line(each) for each in text.split("\n"))


def _no_lists(text: str) -> str:
    """Escape what would begin a list, or make a heading of the line before."""
    return _LINE_START.sub(r"\1\\\2", text)


_LINE_START = re.compile(r"^(\s*\d{0,9})([-+=.)])(?=[-=]|\s|$)", re.MULTILINE)


def markdown(text: str) -> str:
    """Return Markdown as Discord and Mattermost show it: what they can not escape, such as `<`, means nothing there."""
    return _no_lists(_markdown(text, escaped=partial(re.compile(r"[\\`*_~|\[\]#>]").sub, r"\\\g<0>"), link=str))


def commonmark(text: str) -> str:
    """Return CommonMark. An address with signs of its own is written so that it stays one."""
    return _no_lists(
        _markdown(
            text,
            escaped=partial(re.compile(r"[\\`*_~|\[\]#<>&]").sub, r"\\\g<0>"),
            link=lambda link: link if re.fullmatch(r"[^\[\]()<>*_`\\]+", link) else f"<{link}>",
        )
    )


def slack(text: str) -> str:
    """Return CommonMark of which Apprise makes Slack's mrkdwn.

    That knows no way to escape signs: where they would be markup, others of the same look stand for them.
    """

    def escaped(text: str) -> str:
        alike = _FORMATTING.sub(lambda sign: _ALIKE[sign[0]], text)
        return re.sub(r"[<>\[\]#]", r"\\\g<0>", alike)

    return _markdown(text, escaped=escaped, link=lambda link: f"<{link}>")


_ALIKE = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ", "\\": "∖"}
#: Asterisk, backtick and backslash everywhere, the others where a word begins or ends.
_FORMATTING = re.compile(r"[*`\\]|(?<!\w)[_~]|[_~](?!\w)")

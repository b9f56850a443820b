"""Reads lists that are not well-formed: one pass over the tags that matter, each up to where the next one begins."""

import re
from itertools import chain, tee

from monitor.opml.attributes import read_tag, unescaped
from monitor.opml.feedlist import Mend, Refused
from monitor.opml.names import named
from monitor.opml.outlines import Outlines

#: Characters of a tag that are looked at.
LONGEST = 65536

_TAG = re.compile(r"<(/?)(opml|head|body|outline)(?=[\s/>])", re.IGNORECASE)
#: What XML does not allow at all (XML 1.0 §2.2).
_CONTROL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_tolerantly(text: str, outlines: Outlines) -> None:
    """Take the tags of a document in order, and note what had to be mended."""
    text, controls = _CONTROL.subn("", without_comments(text))
    repairs = outlines.repairs
    repairs.note(Mend.CONTROL, count=controls)
    repairs.note(Mend.DECLARATION, count=text.count("<!ENTITY"))
    line, counted = 1, 0
    tags, later = tee(_TAG.finditer(text))
    next(later, None)
    for tag, following in zip(tags, chain(later, [None]), strict=False):
        line += text.count("\n", counted, tag.start())
        counted = tag.start()
        rest = text[tag.end() : following.start() if following else len(text)]
        element = tag[2].lower()
        if element == "outline" and not tag[1]:
            _outline(rest, line, outlines, following)
            continue
        unescaped(rest, line, repairs)  # for what is to be said of it
        if tag[1]:
            outlines.end(element, line)
        else:
            outlines.start(element, {}, line)


def _outline(text: str, line: int, outlines: Outlines, following: re.Match[str] | None) -> None:
    repairs = outlines.repairs
    tag = read_tag(text[:LONGEST], line, repairs)
    end = text.find(">", tag.end)
    if end < 0 and (following is None or len(text) > LONGEST):
        repairs.note(Mend.CUT_OFF, line, count=following is None)
        name = named(tag.attributes.get("title", "") or tag.attributes.get("text", ""))
        outlines.refused.append(Refused(name=name, line=line, reason="its tag does not end"))
        return
    repairs.note(Mend.NO_BRACKET, line, count=end < 0)
    outlines.start("outline", tag.attributes, line)
    if text[tag.end : end].rstrip().endswith("/"):
        outlines.end("outline", line)
    elif "xmlurl" in tag.attributes and not (following and following[1] and following[2].lower() == "outline"):
        # A feed that nothing closes would be the folder of all that follow.
        repairs.note(Mend.NOT_CLOSED, line)
        outlines.end("outline", line)


def without_comments(text: str) -> str:
    """Leave out comments, but not their line ends; one that is never closed is none."""
    parts, end = [], 0
    while (start := text.find("<!--", end)) >= 0 and (close := text.find("-->", start + 4)) >= 0:
        parts += [text[end:start], "\n" * text.count("\n", start, close)]
        end = close + 3
    return "".join(parts) + text[end:]

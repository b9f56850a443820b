"""The text of a page, without what surrounds it: the only file that knows trafilatura. Runs in a child process."""

import logging
import re

import trafilatura

from monitor.model.poll import ArticleText, Failure, Fetched, ParseFailed
from monitor.parse.charset import page_charset
from monitor.parse.page import challenge
from monitor.text.html import one_line, plain_text

#: Characters of an article that are kept.
LONGEST = 200_000
#: Fewer are a notice, not an article.
LEAST = 200
#: What says that it may be read by subscribers only is believed when less than this is there.
PAYWALLED = 2_500

_PAGES = re.compile(
    r"\s*(?:(?:text/html|application/xhtml\+xml|text/plain|application/xml|text/xml)\b|$)", re.IGNORECASE
)
_PAYWALL = re.compile(rb'isAccessibleForFree["\']?\s*:\s*["\']?false', re.IGNORECASE)
#: Lines at the beginning in which the title may stand again.
_HEAD = 4

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it tells of pages without text; so do we


def read_article(fetched: Fetched, title: str) -> ArticleText | ParseFailed:
    """Return the text of a page, a paragraph a line; banners stay rather than true text goes."""
    if not _PAGES.match(fetched.content_type):
        return ParseFailed(failure=Failure.NOT_A_PAGE, detail=fetched.content_type.partition(";")[0].strip()[:80])
    html = fetched.body.decode(page_charset(fetched.body, fetched.content_type), "replace")
    found = trafilatura.extract(html, favor_recall=True, include_comments=False, with_metadata=False) or ""
    text = _capped(_untitled(plain_text(found), title))
    if len(text) < LEAST:
        guard = challenge(fetched.body)
        short = ParseFailed(failure=Failure.TOO_LITTLE_TEXT, detail=f"{len(text)} characters")
        return short if guard is None else ParseFailed(failure=Failure.CHALLENGED, detail=guard)
    paywall = len(text) < PAYWALLED and _PAYWALL.search(fetched.body) is not None
    return ArticleText(text=text, beginning_only=paywall)


def _untitled(text: str, title: str) -> str:
    """Leave out the title where it stands again at the beginning."""
    lines = text.split("\n")
    same = _plain(title)
    return "\n".join(line for number, line in enumerate(lines) if number >= _HEAD or _plain(line) != same)


def _plain(line: str) -> str:
    return one_line(line).strip("# ").casefold()


def _capped(text: str) -> str:
    """Cut at the end of a paragraph."""
    if len(text) <= LONGEST:
        return text
    return text[: max(text.rfind("\n", 0, LONGEST), 0) or LONGEST]

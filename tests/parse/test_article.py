"""Pages: their text, and what they are instead of an article."""

import pytest

from monitor.model.feed import Validators
from monitor.model.poll import ArticleText, Failure, Fetched, ParseFailed
from monitor.parse import ArticleReader
from monitor.parse.article import LONGEST, read_article
from monitor.parse.robots import allows

FIRST = "Родственники мобилизованных вышли к зданию министерства обороны и потребовали вернуть их домой. " * 3
SECOND = "The paper has been unjustly branded as a foreign agent by the government, it says on every page. " * 3


def page(*paragraphs: str, head: str = "", title: str = "") -> str:
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        f"<html><head>{head}<title>Paper</title></head><body><nav><a href=/>Start</a> <a href=/war>War</a></nav>"
        f"<article><h1>{title}</h1>{body}</article><script>var word = 'mobilized'</script>"
        "<footer><a href=/about>About us</a></footer></body></html>"
    )


def fetched(body: str | bytes, content_type: str = "text/html") -> Fetched:
    sent = body.encode() if isinstance(body, str) else body
    return Fetched(body=sent, content_type=content_type, url="https://paper.example/1", validators=Validators())


def text(body: str | bytes, content_type: str = "text/html", *, title: str = "") -> str:
    found = read_article(fetched(body, content_type), title)
    assert isinstance(found, ArticleText)
    return found.text


def test_paragraphs_are_lines() -> None:
    """The text of a page is its paragraphs, banners too, without menus, scripts and the title."""
    found = text(page(FIRST, SECOND, title="Протест"), title="Протест")
    assert found.splitlines() == [FIRST.strip(), SECOND.strip()]


@pytest.mark.parametrize(
    ("encoding", "head", "content_type"),
    [
        ("utf-8", "", "text/html"),
        ("windows-1251", "", "text/html; charset=windows-1251"),
        ("windows-1251", '<meta charset="windows-1251">', "text/html"),
        ("windows-1251", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', "text/html"),
        ("windows-1251", "", "text/html; charset=iso-8859-1"),
        ("koi8-r", "<meta charset=koi8-r>", "text/html"),
        ("koi8-r", "<meta charset=utf-8>", "text/html"),
        ("utf-16", "", "text/html"),
        ("utf-8", "", "text/html; charset=rot13"),
        ("utf-8", "<meta charset=unheard-of>", "text/html"),
    ],
)
def test_encodings(encoding: str, head: str, content_type: str) -> None:
    """A page is read in its encoding, wherever that is said, and if it is said wrongly."""
    body = page(FIRST, FIRST.upper(), head=head)
    assert text(body.encode(encoding), content_type).startswith(FIRST.strip())


@pytest.mark.parametrize(
    ("head", "content_type"),
    [("", "text/html; charset=rot13"), ("<meta charset=hex>", ""), ('<?xml version="1.0" encoding="unheard-of"?>', "")],
)
def test_what_is_no_encoding(head: str, content_type: str) -> None:
    """A page in plain letters is read, whatever it says that they are."""
    body = head + page("Nothing but letters of the alphabet, many of them. " * 10).replace(head, "")
    assert text(body.encode("ascii", "xmlcharrefreplace"), content_type).startswith("Nothing but letters")


@pytest.mark.parametrize(
    ("body", "content_type", "failure", "detail"),
    [
        (b"%PDF-1.7", "application/pdf", Failure.NOT_A_PAGE, "application/pdf"),
        (page("Gone.").encode(), "text/html", Failure.TOO_LITTLE_TEXT, "15 characters"),
        (b"", "", Failure.TOO_LITTLE_TEXT, "0 characters"),
        (b"\x00\xff" * 500, "text/html", Failure.TOO_LITTLE_TEXT, "0 characters"),
        (b"<html><title>Just a moment...</title></html>", "text/html", Failure.CHALLENGED, "Cloudflare"),
        (b"<html><body>Please solve the captcha</body></html>", "text/html", Failure.CHALLENGED, ""),
    ],
)
def test_what_is_no_article(body: bytes, content_type: str, failure: Failure, detail: str) -> None:
    """A picture, a notice or a challenge is named as what it is."""
    found = read_article(fetched(body, content_type), "")
    assert found == ParseFailed(failure=failure, detail=detail)


def test_a_page_for_subscribers() -> None:
    """Of a page that says that it is not free, a short text is but the beginning; a long one is all of it."""
    head = '<script type="application/ld+json">{"isAccessibleForFree": false}</script>'
    short = read_article(fetched(page(FIRST, SECOND, head=head)), "")
    long = read_article(fetched(page(*(f"{number} {FIRST}" for number in range(12)), head=head)), "")
    assert [isinstance(each, ArticleText) and each.beginning_only for each in (short, long)] == [True, False]


def test_long_pages_are_cut_at_a_paragraph() -> None:
    """What is kept of a page is bounded."""
    found = text(page(*(f"{number} {FIRST}" for number in range(1000))))
    assert LONGEST - 1000 < len(found) <= LONGEST
    assert found.splitlines()[-1].endswith(FIRST.strip())


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /news\nAllow: /news/2024", True),
        ("User-agent: *\nDisallow: /*.html$", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: RSS-Monitor\nDisallow: /private", True),
        ("User-agent: *\n\nDisallow: /news", False),
        ("User-agent: other\nDisallow: /", True),
        ("<html><body>Not found</body></html>", True),
        ("User-agent: *\nDisallow: /" + "*a" * 5000 + "$", True),
    ],
)
def test_r19_robots_txt(rules: str, *, allowed: bool) -> None:
    """R19: the longest rule of our group counts, or of the group for all; with wildcards, as RFC 9309 says."""
    assert allows(rules.encode(), "https://paper.example/news/2024/a.html") is allowed


async def test_a_page_that_takes_too_long_is_stopped() -> None:
    """A page that keeps the reader busy is stopped in its time, and the next one is read."""
    reader = ArticleReader(seconds=3)
    slow = "<p>word word word word</p>" * 300_000
    try:
        stopped = await reader.read(fetched(slow), "")
        assert isinstance(stopped, ParseFailed)
        assert stopped.failure is Failure.PARSE_KILLED
        assert isinstance(await reader.read(fetched(page(FIRST, SECOND)), ""), ArticleText)
        assert await reader.allows(b"User-agent: *\nDisallow: /", "https://paper.example/") is False
    finally:
        reader.close()


async def test_a_robots_txt_that_takes_too_long_is_stopped() -> None:
    """Rules for thousands of robots, thousands of times, stop nothing but themselves."""
    reader = ArticleReader(seconds=2)
    agents = b"".join(b"user-agent: %d\n" % number for number in range(16_000))
    rules = b"".join(b"allow: /%d\n" % number for number in range(16_000))
    try:
        found = await reader.allows(agents + rules, "https://paper.example/")
        assert isinstance(found, ParseFailed)
        assert found.failure is Failure.PARSE_KILLED
    finally:
        reader.close()

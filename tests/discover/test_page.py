"""Where a page says that feeds are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.discover.page import Kind, Link, address, customary, for_comments, front, links, starts
from monitor.model.feed import Validators
from monitor.model.poll import Fetched

SITE = "https://paper.example/news/"


def page(body: str | bytes, *, content_type: str = "text/html", link: str = "") -> Fetched:
    raw = body.encode() if isinstance(body, str) else body
    return Fetched(body=raw, content_type=content_type, link=link, url=SITE, validators=Validators())


def found(body: str | bytes, **more: str) -> list[tuple[str, Kind]]:
    return [(link.url.removeprefix("https://paper.example"), link.kind) for link in links(page(body, **more))]


@pytest.mark.parametrize(
    "kind",
    ["application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/xml",
     "application/xml", "application/json", "application/x.atom+xml", "TEXT/RSS", "application/rss+xml; charset=utf-8"],
)  # fmt: skip
def test_declared(kind: str) -> None:
    """A link tag with the type of a feed declares one."""
    assert found(f"<link rel='alternate' type='{kind}' href='/feed'>") == [("/feed", Kind.DECLARED)]


@pytest.mark.parametrize(
    "markup",
    [
        "<link rel=alternate type=text/html hreflang=de href=/de>",
        "<link rel=alternate type=application/json+oembed href=/oembed?url=x>",
        "<link rel=alternate type=text/xml+oembed href=/oembed?format=xml>",
        "<link rel=alternate type=application/json href=/wp-json/wp/v2/pages/2>",
        "<link rel=search type=application/opensearchdescription+xml href=/opensearch.xml>",
        "<link rel=sitemap type=application/xml href=/sitemap.xml>",
        "<link rel=stylesheet type=text/css href=/feed.css>",
        "<link rel=alternate type=application/rss+xml>",
        "<link rel=alternate type=application/rss+xml href='javascript:alert(1)'>",
        "<link rel=alternate type=application/rss+xml href='http://['>",
        "<!-- <link rel=alternate type=application/rss+xml href=/feed> -->",
        "<a href=/sitemap.xml>Sitemap</a>",
        "<a href=/feedback>Feedback</a>",
        "<a href=/2024/feeding-the-hungry>Feeding the hungry</a>",
        "<a href='/story?srcref=rss'>A story</a>",
        "<a href='https://social.example/dialog/feed?app_id=1'>Share</a>",
        "<a href='https://social.example/rss-fans'>RSS</a>",
        "<a href='mailto:rss@paper.example'>RSS</a>",
        f"<a href=/story>{'RSS and how it came to be so loved, a story in many words ' * 2}</a>",
    ],
)
def test_no_feed(markup: str) -> None:
    """What has another type, no address, or only looks a little like a feed is left alone."""
    assert found(markup) == []


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/feed", "/feed"),
        ("feed", "/news/feed"),
        ("?feed=rss2", "/news/?feed=rss2"),
        ("//paper.example/feed", "/feed"),
        (" \n/fe\ned#top ", "/feed"),
        ("feed:https://paper.example/feed", "/feed"),
        ("feed://paper.example/feed", "/feed"),
        ("/лента?a=${TOKEN}", "/%D0%BB%D0%B5%D0%BD%D1%82%D0%B0?a=$%7BTOKEN%7D"),
        ("http://feeds.example/x", "http://feeds.example/x"),
    ],
)
def test_addresses(href: str, url: str) -> None:
    """An address is made whole; nothing in it can be taken for a variable of the configuration."""
    assert [url] == [url for url, _ in found(f"<link rel=alternate type=application/rss+xml href='{href}'>")]


def test_base() -> None:
    """A base tag says what addresses count from, and may itself be relative or broken."""
    declared = "<link rel=alternate type=application/rss+xml href=feed>"
    assert found(f"<base target=_top><base href=/top/>{declared}") == [("/top/feed", Kind.DECLARED)]
    assert found(f"<base href='http://['>{declared}") == [("/news/feed", Kind.DECLARED)]


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ("<a type=application/rss+xml href=/x>News</a>", Kind.DECLARED),
        ("<a href=/news.xml>News</a>", Kind.ADDRESS),
        ("<a href=/world/rss/>World</a>", Kind.ADDRESS),
        ("<a href=/index.php?format=feed&amp;type=rss>News</a>", Kind.ADDRESS),
        ("<a href=https://feeds.agency.example/paper/world.xml>News</a>", Kind.ADDRESS),
        ("<a href=https://feeds.feedburner.example/paper.xml>News</a>", Kind.ADDRESS),
        ("<a href=/tools/rss-list>News</a>", Kind.LIST),
        ("<a href=/pages/feeds/>Subscribe</a>", Kind.LIST),
        ("<a href=/subscribe><img alt=RSS></a>", Kind.LIST),
        ("<a href=/subscribe title='RSS-ленты'></a>", Kind.LIST),
        ("<a href=/subscribe aria-label='Newsfeeds'></a>", Kind.LIST),
        ("<area href=/subscribe alt=x title=RSS>", Kind.LIST),
    ],
)
def test_links_of_a_page(markup: str, kind: Kind) -> None:
    """Other links count when their type, their address or their text speaks of feeds."""
    assert [kind] == [kind for _, kind in found(markup)]


def test_order() -> None:
    """What is declared stands first, in the publisher's order; an address that stands twice counts once."""
    body = (
        "<a href=/rss-list>RSS</a><a href=/b.xml>B</a><a href=/main>RSS</a>"
        "<link rel=alternate type=application/rss+xml href=/main>"
        "<link rel=alternate type=application/rss+xml href=/a>"
    )
    declared = Kind.DECLARED
    assert [("/main", declared), ("/a", declared), ("/b.xml", Kind.ADDRESS), ("/rss-list", Kind.LIST)] == found(body)


def test_link_headers() -> None:
    """A Link header counts as if it stood in the page, before it."""
    header = '</style.css>; rel=preload, </feed?a=1,2>; rel="alternate"; type="application/atom+xml", <hub>; rel=hub'
    assert found("<p>", link=header) == [("/feed?a=1,2", Kind.DECLARED)]


def test_comments() -> None:
    """Feeds of readers' comments are known by their address or by what WordPress calls them; opinion is none."""
    body = (
        "<link rel=alternate type=application/rss+xml href=/comments/feed/>"
        "<link rel=alternate type=application/rss+xml href=/story/feed title='Paper &raquo; Story Comments Feed'>"
        "<link rel=alternate type=application/rss+xml href=/commentisfree/rss title='Comment is free'>"
    )
    assert [link.comments for link in links(page(body))] == [True, True, False]
    assert for_comments("https://x.example/story/feed", "Комментарии: Мобилизация")
    assert for_comments("https://x.example/?feed=comments-rss2", "")
    assert not for_comments("https://x.example/kommentare/rss", "Kommentare")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (
            "<link title='Комментарии: x' type=application/rss+xml href=/f>".encode("cp1251"),
            "text/html; charset=cp1251",
        ),
        ("<meta charset=cp1251><link title='Комментарии: x' type=application/rss+xml href=/f>".encode("cp1251"), ""),
        ("<link title='Комментарии: x' type=application/rss+xml href=/f>".encode(), "text/html; charset=nonsense"),
        ("<link title='Комментарии: x' type=application/rss+xml href=/f>".encode(), "text/html; charset=base64"),
        ("<link title='Комментарии: x' type=application/rss+xml href=/f>".encode(), "text/html; charset=idna"),
        ("<link title='Комментарии: x' type=application/rss+xml href=/f>".encode(), ""),
    ],
)
def test_encodings(body: bytes, content_type: str) -> None:
    """A page is read in the encoding that its header or it names, else as UTF-8."""
    assert links(page(body, content_type=content_type)) == (
        Link(url="https://paper.example/f", kind=Kind.DECLARED, comments=True),
    )


@pytest.mark.parametrize(
    "body", [b"\xff\xfe<", b"\x00" * 99, b"<a href=", b"<link type=application/rss+xml href=\xff>"]
)
def test_rubbish(body: bytes) -> None:
    """Bytes that are no page do no harm."""
    assert len(links(page(body))) <= 1


def test_a_page_of_a_thousand_feeds() -> None:
    """Only so many links of one page are looked at."""
    assert len(found("".join(f"<a href=/{number}.xml>x</a>" for number in range(1000)))) == 200


@pytest.mark.parametrize(
    ("typed", "tried"),
    [
        ("paper.example", ("https://paper.example", "http://paper.example")),
        (" paper.example:8080/x ", ("https://paper.example:8080/x", "http://paper.example:8080/x")),
        ("//paper.example/x", ("https://paper.example/x", "http://paper.example/x")),
        ("http://paper.example/x#y", ("http://paper.example/x",)),
        ("feed:https://paper.example/x", ("https://paper.example/x",)),
        ("https://газета.рф/лента", ("https://xn--80aahjj1e.xn--p1ai/%D0%BB%D0%B5%D0%BD%D1%82%D0%B0",)),
        ("ftp://paper.example/x", ()),
        ("two words", ()),
        ("", ()),
        ("https://", ()),
        ("https://paper.example:99999/", ()),
        ("http://[::1", ()),
    ],
)
def test_what_was_typed(typed: str, tried: tuple[str, ...]) -> None:
    """Without a scheme https is tried first, then http; what is no web address gives nothing."""
    assert tried == starts(typed)


def test_customary() -> None:
    """Feeds are looked for below a section and at the top of the site, not below an article."""
    assert customary("https://paper.example/world/africa/?x=1")[:4] == (
        "https://paper.example/world/africa/feed",
        "https://paper.example/world/africa/rss",
        "https://paper.example/world/africa/index.xml",
        "https://paper.example/feed",
    )
    assert customary("https://paper.example/2024/06/a-story.html")[0] == "https://paper.example/feed"
    assert front("https://user:word@paper.example:8080/a?b") == "https://paper.example:8080/"
    assert address("relative") == ""


@given(st.text(st.sampled_from("htps:/?#[]@.%${}<>'\" aя\x00\u202e0")), st.text(st.sampled_from("htps:/?#[]@.${} a0")))
def test_any_address(href: str, base: str) -> None:
    """Whatever stands where an address belongs, what is handed on is a web address without variables."""
    body = f'<base href="{base}"><link type=application/rss+xml href="{href}">'
    for link in links(page(body, link=f"<{href}>; type=application/rss+xml")):
        assert link.url.startswith(("http://", "https://"))
        assert "${" not in link.url
        assert link.url == address(link.url)

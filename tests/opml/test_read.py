"""Lists of feeds as they are published: well-formed or not, every feed is got, and what was mended is said."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.opml import LARGEST, FeedList, ListedFeed, Unreadable, read, write

LIST = (
    '<?xml version="1.0" encoding="{encoding}"?>\n<opml version="2.0">\n<head><title>t</title></head>\n'
    "<body>\n{body}\n</body>\n</opml>\n"
)
FEED = '<outline type="rss" text="{name}" xmlUrl="https://{name}.example/rss"/>'
A = "https://a.example/"


def listed(body: str) -> FeedList:
    return found(LIST.format(encoding="UTF-8", body=body).encode())


def found(raw: bytes) -> FeedList:
    result = read(raw)
    assert isinstance(result, FeedList), result
    return result


def names(result: FeedList) -> list[tuple[str, str]]:
    return [(feed.name, feed.url) for feed in result.feeds]


def mended(result: FeedList) -> dict[str, tuple[int, int]]:
    return {each.what: (each.count, each.line) for each in result.repaired}


BAD = [
    (f'<outline text="a & b" xmlUrl="{A}?x=1&copy=2"/>', "a & b", f"{A}?x=1&copy=2", "&amp;"),
    (f'<outline text="a&eacute;b &amp; c" xmlUrl="{A}"/>', "aéb & c", A, "only HTML knows"),
    (f'<outline text="a < b" type="rss" xmlUrl="{A}"/>', "a < b", A, "< inside"),
    (f'<outline text="«"Слово". Новости" title="Газета "Слово"" xmlUrl="{A}"/>', 'Газета "Слово"', A, "mark inside"),
    (
        f'<outline text="a" description="<a href="/" target="_blank">x</a><b title="y">z</b>" xmlUrl="{A}"/>',
        "a",
        A,
        "quotation mark inside",
    ),
    (f'<outline text="a" description="<p>one\ntwo <i>three" xmlUrl="{A}"/>', "a", A, "< inside"),
    (f'<outline text="q & a" xmlUrl="{A}?q=" type="rss"/>', "q & a", f"{A}?q=", "&amp;"),
    (f"<outline text='it's' xmlUrl='{A}'/>", "it's", A, "quotation mark inside"),
    (f'<outline text="a xmlUrl="{A}" type="rss"/>', "a", A, "missing around"),
    (f'<outline text="a" xmlUrl="{A} />', "a", A, "missing around"),
    (f"<outline text=a type= xmlUrl={A}rss/>", "a", f"{A}rss", "missing around"),
    (f'<outline text="a" xmlUrl={A}" type="rss"/>', "a", A, "missing around"),
    (f'<outline text="a"title="b"xmlUrl="{A}"/>', "b", A, "not well-formed"),
    (f'<outline text="a" text="b" xmlUrl="{A}"/>', "a", A, "stands twice"),
    (f'<outline text="a\x08b&#0;" xmlUrl="{A}"/>', "ab", A, "does not allow"),
    (f'<outline text="a" xmlUrl="{A}"', "a", A, "> missing"),
    (f'<outline text="a" xmlUrl="{A}">', "a", A, "closing tag missing"),
    (f'</outline><OUTLINE TEXT="a" XMLURL="{A}"/>', "a", A, "closing tag too many"),
    (f'<!DOCTYPE opml [<!ENTITY e "x">]><outline text="&e;" xmlUrl="{A}"/>', "&e;", A, "entity declared"),
    (f'<outline text="a" xmlUrl=" {A}&#10;b c "/>', "a", f"{A}%20b%20c", "space in"),
    (f'<outline text="a" xmlUrl="{A}?b&amp;amp;c"/>', "a", f"{A}?b&c", "escaped twice"),
    (f'<outline text="a" xmlUrl="{A}${{HOME}}"/>', "a", f"{A}%24%7BHOME}}", "fill in"),
]


@pytest.mark.parametrize(("body", "name", "url", "what"), BAD, ids=[row[0] for row in BAD])
def test_what_is_wrong_is_mended_and_said(body: str, name: str, url: str, what: str) -> None:
    """A feed with a fault is got, its neighbours are whole, and the fault is told with its line."""
    before, after = FEED.format(name="before"), FEED.format(name="after")
    result = listed(f"{before}\n{body}\n{after}")
    assert [("before", "https://before.example/rss"), (name, url), ("after", "https://after.example/rss")] == names(
        result
    )
    assert result.refused == ()
    (line,) = {line for said, (_, line) in mended(result).items() if what in said}
    assert line in {0, 6, 7}


def test_what_is_well_formed_is_not_mended() -> None:
    """Nothing is said of a list that is as it should be; a byte order mark, comments and line ends are right."""
    text = LIST.format(encoding="UTF-8", body="<!-- & " + FEED.format(name="no") + " -->" + FEED.format(name="yes"))
    result = found(codecs.BOM_UTF8 + text.replace("\n", "\r\n").encode())
    assert (names(result), result.repaired) == ([("yes", "https://yes.example/rss")], ())


def test_comments_are_no_feeds_in_a_broken_list_either() -> None:
    """What somebody switched off stays off, and lines are counted across it."""
    off = f"<!--\n{FEED.format(name='off')}\n-->"
    result = listed(f"{off}\n<outline text='&' xmlUrl='{A}'/> <!-- never closed")
    assert names(result) == [("&", A)]
    assert mended(result)["& that is not written &amp;"] == (1, 8)


@pytest.mark.parametrize("broken", ["", " &"])
def test_folders_and_categories_are_tags(broken: str) -> None:
    """Nested folders, outermost first, and then categories, each once; a feed is no folder."""
    body = (
        f'<outline text="Asia{broken}"><outline title="Burma" text="x">'
        f'<outline text="a" xmlUrl="{A}" category="/Burma/News, daily,,/"></outline>'
        '</outline><outline text="b" xmlUrl="https://b.example/"/></outline>' + FEED.format(name="c")
    )
    asia = f"Asia{broken}"
    assert [(asia, "Burma", "News", "daily"), (asia,), ()] == [feed.tags for feed in listed(body).feeds]


def test_names_are_one_visible_line() -> None:
    """The title is the name, else the text, else the host; what can not be seen is left out, and a novel is cut."""
    given = [
        'title="a&#10; &#8203;b" text="c"',
        'title=" " text="می\u200cشود"',
        "",
        f'text="{"x" * 999}"',
        'text="a://b"',
    ]
    body = "".join(f'<outline {each} xmlUrl="https://www.{number}.example/"/>' for number, each in enumerate(given))
    expected = ["a b", "می\u200cشود", "2.example", "x" * 129 + "…", "a b"]
    assert expected == [feed.name for feed in listed(body).feeds]


def test_the_same_feed_twice_is_one() -> None:
    """Scheme, www. and a slash at the end do not count; name and place are the first one's, tags are united."""
    urls = [
        "http://www.A.example/rss/",
        "https://a.example:443/rss",
        "http://a.example/rss?x",
        "http://b.a.example/rss",
    ]
    body = "".join(
        f'<outline text="{n}"><outline text="{n}" xmlUrl="{url}"/></outline>\n' for n, url in enumerate(urls)
    )
    result = listed(body)
    assert [("0", urls[1], ("0", "1")), ("2", urls[2], ("2",)), ("3", urls[3], ("3",))] == [
        (feed.name, feed.url, feed.tags) for feed in result.feeds
    ]
    assert [(each.name, each.line, each.first) for each in result.merged] == [("1", 6, 5)]


REFUSED = [
    ('<outline text="x" type="rss"/>', "no address"),
    ('<outline text="x" htmlUrl="https://a.example/"/>', "no address"),
    ('<outline text="x" type="link" url="https://a.example/list.opml"/>', "not followed"),
    ('<outline text="x" xmlUrl="feed://a.example/secret"/>', "but feed:"),
    ('<outline text="x" xmlUrl="javascript:alert(1)"/>', "but javascript:"),
    ('<outline text="x" xmlUrl="a.example/rss"/>', "no https://"),
    ('<outline text="x" xmlUrl="https:///rss"/>', "no host"),
    ('<outline text="x" xmlUrl="https://[::1/rss"/>', "wrong host"),
    ('<outline text="x" xmlUrl="https://a.example:99999/"/>', "wrong host or port"),
    ('<outline text="x" xmlUrl="&#10;&#8203;"/>', "no address"),
]


@pytest.mark.parametrize(("body", "reason"), REFUSED)
def test_what_can_not_be_a_feed_is_refused(body: str, reason: str) -> None:
    """It is named with its line and the reason, without the address; the other feeds are got."""
    result = listed(body + "\n" + FEED.format(name="y"))
    assert [feed.name for feed in result.feeds] == ["y"]
    (refused,) = result.refused
    assert (refused.name, refused.line) == ("x", 5)
    assert reason in refused.reason
    assert "example" not in refused.reason


def test_folders_and_notes_are_no_refused_feeds() -> None:
    """An empty folder, a note, a folder that calls itself rss: nothing is missing."""
    result = listed('<outline text="note"/><outline text="f" type="rss">' + FEED.format(name="y") + "</outline>")
    assert ([feed.tags for feed in result.feeds], result.refused) == ([("f",)], ())


@pytest.mark.parametrize("kind", ['type="rss" url', 'type="atom" URL'])
def test_an_address_may_be_called_url(kind: str) -> None:
    """Some programs write url for what the format calls xmlUrl."""
    assert names(listed(f'<outline text="x" {kind}="{A}"/>')) == [("x", A)]


ENCODED = [
    ("Новости", "utf-8", "utf-8", ""),
    ("Новости", "utf-16", "utf-16", ""),
    ("Новости", "utf-16-le", "utf-16", ""),
    ("Новости", "windows-1251", "windows-1251", ""),
    ("Новости", "koi8-r", "koi8-r", ""),
    ("新闻", "gb2312", "gb2312", ""),
    ("Новости", "windows-1251", "utf-8", "read as WINDOWS-1251"),
    ("Le Monde été à", "cp1252", "utf-8", "read as WINDOWS-1252"),
    ("Новости", "utf-8", "iso-8859-1", "read as UTF-8"),
    ("Новости", "windows-1251", "punycode", "read as WINDOWS-1251"),
    ("Новости", "windows-1251", "cp99999", "read as WINDOWS-1251"),
    ("Новости", "windows-1251", "euc-jp", "read as WINDOWS-1251"),
]


@pytest.mark.parametrize(("name", "real", "said", "what"), ENCODED)
def test_any_encoding(name: str, real: str, said: str, what: str) -> None:
    """The text is read in the encoding that it is really in; if it says it is in another, that is told."""
    text = LIST.format(encoding=said, body=f'<outline text="{name}" xmlUrl="{A}"/>')
    result = found(text.encode(real))
    assert [(name, A)] == names(result)
    assert [what in each.what for each in result.repaired] == [True] * bool(what)


def test_a_damaged_letter_spoils_no_others() -> None:
    """A list in UTF-8 with half a letter in it is still one in UTF-8."""
    text = LIST.format(encoding="UTF-8", body=f'<outline text="Новости Ж" xmlUrl="{A}"/>')
    result = found(text.encode().replace("Ж".encode(), b"\xd0"))
    assert result.feeds[0].name.startswith("Новости")
    assert [each.what for each in result.repaired] == ["not in the encoding that it should be in: read as UTF-8"]


def test_a_blank_line_before_the_declaration() -> None:
    """Lines are those of the file all the same."""
    result = found(b"\n \n" + LIST.format(encoding="UTF-8", body=FEED.format(name="x")).encode())
    assert ([feed.line for feed in result.feeds], mended(result)) == ([7], {"something before the beginning": (1, 1)})


@pytest.mark.parametrize("length", range(80, 375, 7))
def test_a_list_that_is_cut_off(length: int) -> None:
    """Wherever a list ends too early, it is said, and no feed has an address that is not whole."""
    body = '<outline text="f">' + "".join(FEED.format(name=name) for name in "abcd") + "</outline>"
    result = found(LIST.format(encoding="UTF-8", body=body)[:length].encode())
    assert result.cut_off
    assert {feed.url for feed in result.feeds} <= {f"https://{name}.example/rss" for name in "abcd"}


def test_bare_outlines() -> None:
    """Without opml, head and body the feeds are feeds, and what is missing is told."""
    result = found(FEED.format(name="x").encode())
    assert names(result) == [("x", "https://x.example/rss")]
    assert [*mended(result)] == ["no <opml>", "no <head>", "no <body>"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"<html><body>x</body></html>", "web page"),
        (b"<!-- x --><rss version='2.0'></rss>", "this is a feed"),
        (b"<rdf:RDF/>", "this is a feed"),
        (b'{"feeds": []}', "something else"),
        (b"\x00\xff<a" * 99999, "something else"),
        (b" " * (LARGEST + 1), "larger than"),
    ],
    ids=range(8),
)
def test_what_is_no_list(raw: bytes, reason: str) -> None:
    """A web page, a feed or rubbish is called what it is."""
    result = read(raw)
    assert isinstance(result, Unreadable)
    assert reason in result.reason


HOSTILE = {
    "quotes": '<outline text="' + '"' * 10**6,
    "values": '<outline text="' + '" a=' * 10**5,
    "names": "<outline " + "a=" * 10**5,
    "spaces": "<outline text='" + " " * 10**6,
    "comments": "<!--" * 10**5,
    "starts": "<outline " * 10**5,
    "folders": '<outline text="a">' * 10**5,
    "html": '<outline text="' + "<a " * 10**5,
    "ends": "</outline>" * 10**5,
    "word": "<outline " + "a" * 10**6,
    "ampersands": '<outline text="' + "&" * 10**6,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_rubbish_ends(text: str) -> None:
    """A million characters made to hold up a reader are read like any others, and hide no feed that comes before."""
    assert ("x", "https://x.example/rss") in names(listed(FEED.format(name="x") + text))


def test_deep_folders() -> None:
    """A thousand folders in each other give no thousand tags, and this is said."""
    folders = "".join(f'<outline text="{number}">' for number in range(1000))
    result = listed(folders + FEED.format(name="x") + "</outline>" * 1000)
    assert [len(feed.tags) for feed in result.feeds] == [20]
    assert any("too deep" in what for what in mended(result))


def test_no_entity_is_expanded() -> None:
    """Entities that would make a small file huge are not used."""
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE opml [<!ENTITY e0 "x">{bomb}]><opml><head/><body>'
    assert names(found(f'{head}<outline text="&e11;" xmlUrl="{A}"/></body></opml>'.encode())) == [("&e11;", A)]


words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20).filter(
    lambda text: "://" not in text
)
feeds = st.lists(
    st.builds(
        ListedFeed,
        url=st.integers(0, 999).map("https://{}.example/?a=1&b=2".format),
        name=words,
        tags=st.lists(words, max_size=4, unique=True).map(tuple),
    ),
    max_size=6,
    unique_by=lambda feed: feed.url,
)


@given(feeds)
def test_what_is_written_is_read_again(given: list[ListedFeed]) -> None:
    """A list that we write comes back with every feed, name and tag, and needs no mending."""
    result = found(write(given, title="t & t").encode())
    assert {(each.url, each.name, frozenset(each.tags)) for each in given} == {
        (each.url, each.name, frozenset(each.tags)) for each in result.feeds
    }
    assert result.repaired == ()


@given(feeds)
def test_a_broken_list_is_read_like_a_whole_one(given: list[ListedFeed]) -> None:
    """One bare & somewhere changes nothing of what is read."""
    text = write(given, title="t")
    whole, broken = found(text.encode()), found(text.replace("<title>", "<title>&").encode())
    assert broken.feeds == whole.feeds
    assert [*mended(broken)] == ["& that is not written &amp;"]


@given(feeds, st.data())
def test_no_damage_is_a_surprise(given: list[ListedFeed], data: st.DataObject) -> None:
    """Whatever is cut out of a list, the rest is read or refused in words."""
    raw = write(given, title="t").encode()
    start, end = sorted((data.draw(st.integers(0, len(raw))), data.draw(st.integers(0, len(raw)))))
    assert isinstance(read(raw[:start] + raw[end:]), FeedList | Unreadable)

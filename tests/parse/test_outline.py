"""Parsing a document without the entries that its last version held gives what parsing it whole would."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.feed import Validators
from monitor.model.poll import Fetched, Outline, Parsed
from monitor.parse import Parser
from monitor.parse.document import parse_document

_RSS = (
    "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Paper</title>",
    "<item>",
    "</item>",
    "</channel></rss>",
)
_BARE_RSS = ("<rss>", "<item>", "</item>", "<title>Paper</title></rss>")
_RSS_1, _RDF_SYNTAX = "http://purl.org/rss/1.0/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDF = (
    f"<rdf:RDF xmlns='{_RSS_1}' xmlns:rdf='{_RDF_SYNTAX}'><channel><title>Paper</title></channel>",
    "<item rdf:about='https://paper.example/a'>",
    "</item>",
    "<textinput><title>Search</title></textinput></rdf:RDF>",
)
_ATOM = ("<feed xmlns='http://www.w3.org/2005/Atom'><title>Paper</title>", "<entry>", "</entry>", "</feed>")
_BASED_ATOM = (
    "<a:feed xmlns:a='http://www.w3.org/2005/Atom' xml:lang='uk' xml:base='http://paper.example/x/'><a:id>1</a:id>",
    "<a:entry xml:lang='ru'>",
    "</a:entry >",
    "</a:feed>",
)

#: What may stand in a feed before its entries, and change what is read in them.
_HEADS = (
    "",
    "<language>ru</language>",
    "<image><title>Logo</title><url>/logo.png</url><link>/</link></image>",
    "<description>All</description><summary>A</summary><description>All</description>",
    "<link href='/self' xml:base='http://other.example/'/>",
    "<x:a xmlns:x='http://purl.org/rss/1.0/modules/content/'>1</x:a>",
    "<source url='http://other.example/'>Other</source>",
)
#: What may stand in an entry; some of it makes feedparser read what comes later in another way.
_PARTS = (
    "<title>Tom &amp; Jerry &#233; %d</title>",
    "<title type='html'>&lt;b&gt;Bold&lt;/b&gt; %d</title>",
    "<title><![CDATA[<i>Cut</i> & paste]]></title>",
    "<title xml:lang='de'>Zug</title>",
    "<guid>%d</guid>",
    "<guid isPermaLink='false'>tag:%d</guid>",
    "<id>urn:%d</id>",
    "<link>/relative/%d</link>",
    "<link>https://paper.example/%d?a=1&amp;b=2</link>",
    "<link href='more/%d'/>",
    "<pubDate>Mon, 03 Jun 2024 12:%02d:00 +0300</pubDate>",
    "<updated>2024-06-03T12:00:%02dZ</updated>",
    "<description>&lt;p&gt;Text %d&lt;/p&gt;</description>",
    "<description>Words %d</description><description>again</description>",
    "<description><div xml:lang='fr'>Unescaped</div> %d</description>",
    "<summary type='text' xml:lang='en-US'>Short %d</summary>",
    "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Long %d</p></div></content>",
    "<content type='xhtml'><div><title>Odd</title></div></content>",
    "<content type='xhtml'><div><svg><title>Drawing</title></svg></div></content>",
    "<content type='html' xml:base='http://base.example/%d/'>&lt;a href='x'&gt;x&lt;/a&gt;</content>",
    "<content xml:lang='pl'>Tekst</content>",
    "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>&lt;p&gt;%d</content:encoded>",
    "<c:encoded xmlns:c='http://purl.org/rss/1.0/modules/content/'>%d</c:encoded>",
    "<dc:encoded xmlns:dc='http://purl.org/rss/1.0/modules/content/'>%d</dc:encoded>",
    "<dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>A. Writer %d</dc:creator>",
    "<dc:creator xmlns:dc='http://other.example/ns'>nobody %d</dc:creator>",
    "<p:title xmlns:p='http://unknown.example/%d'>Of another kind</p:title>",
    "<author><name>N. %d</name><email>n@paper.example</email></author>",
    "<author>unfinished <title>nested</title></author>",
    "<category term='War' label='Война'/><category>Peace %d</category>",
    "<source><title>Agency</title><id>%d</id></source>",
    "<image><title>Picture</title><url>p.png</url><link>/picture</link></image>",
    "<media:group xmlns:media='http://search.yahoo.com/mrss/'><media:title>Film</media:title></media:group>",
    "<base href='x' base='http://third.example/'>%d</base>",
    "<feed xml:lang='it'/>",
    "<a><b><c x='1'>%d</c></b></a>",
    "<!-- </item> %d -->",
    "<title><![CDATA[</item></entry>]]></title>",
    "%d",
)


@dataclass(frozen=True)
class Document:
    """A generated feed."""

    shape: tuple[str, str, str, str]
    head: str
    entries: tuple[str, ...]
    gap: str

    def body(self, entries: Sequence[str] | None = None, doctype: str = "") -> bytes:
        before, begin, end, after = self.shape
        parts = self.gap.join(f"{begin}{entry}{end}" for entry in (self.entries if entries is None else entries))
        return f"<?xml version='1.0'?>\n{doctype}{before}{self.head}{parts}{after}".encode()


@st.composite
def documents(draw: st.DrawFn) -> Document:
    def entry(number: int) -> str:
        parts = draw(st.lists(st.sampled_from(_PARTS), min_size=1, max_size=5))
        return "".join(part % (number % 60) if "%" in part else part for part in parts)

    return Document(
        shape=draw(st.sampled_from((_RSS, _BARE_RSS, _RDF, _ATOM, _BASED_ATOM))),
        head=draw(st.sampled_from(_HEADS)),
        entries=tuple(entry(number) for number in range(draw(st.integers(1, 5)))),
        gap=draw(st.sampled_from(("", "\n  ", "<!-- between -->", "<link>/between</link>"))),
    )


def _parse(body: bytes, known: frozenset[bytes] = frozenset()) -> Parsed:
    fetched = Fetched(body=body, content_type="", url="http://feed.example/rss", validators=Validators())
    outcome = parse_document(fetched, known)
    assert isinstance(outcome, Parsed), outcome
    return outcome


def _outline(body: bytes) -> Outline | None:
    return _parse(body).outline


@settings(deadline=None, max_examples=400)
@given(documents(), st.data())
def test_in_part_as_whole(document: Document, data: st.DataObject) -> None:
    """Whatever entries are known by their bytes: of the others every field is as if the document were read whole."""
    body = document.body()
    whole = _parse(document.body(doctype="<!DOCTYPE feed>"))  # which is read by feedparser alone
    first = _parse(body)
    assert (first.title, first.language, first.entries) == (whole.title, whole.language, whole.entries)
    if first.outline is None:
        return
    known = frozenset(data.draw(st.sets(st.sampled_from(first.outline.entries))))

    again = _parse(body, known)

    fresh = [entry for entry, its in zip(whole.entries, first.outline.entries, strict=True) if its not in known]
    assert [*again.entries] == fresh
    assert (again.title, again.language, again.outline) == (whole.title, whole.language, first.outline)


@settings(deadline=None, max_examples=400)
@given(documents(), documents())
def test_version_after_version(one: Document, two: Document) -> None:
    """Entries that the version before held are left out, the others are as if the document were read whole."""
    before = _outline(one.body())
    entries = (*two.entries[:1], *one.entries[:-1], *two.entries[1:])
    after = Document(shape=one.shape, head=one.head, entries=entries, gap=one.gap)
    whole = _parse(after.body(doctype="<!DOCTYPE feed>"))
    known = frozenset(before.entries if before else ())

    again = _parse(after.body(), known)

    if again.outline is None:
        assert again.entries == whole.entries
    else:
        its = zip(whole.entries, again.outline.entries, strict=True)
        assert [*again.entries] == [entry for entry, digest in its if digest not in known]


@pytest.mark.parametrize("shape", [_RSS, _RDF, _ATOM, _BASED_ATOM], ids=["RSS", "RDF", "Atom", "Atom with a base"])
def test_known_entries_are_left_out(shape: tuple[str, str, str, str]) -> None:
    """Of a version with one more entry, that one is parsed."""
    entries = tuple(f"<title>Number {number}</title><link>/{number}</link>" for number in range(9))
    document = Document(shape=shape, head="", entries=entries, gap="\n")
    before = _outline(document.body(entries[1:]))
    assert before is not None

    again = _parse(document.body(), frozenset(before.entries))

    assert [entry.title for entry in again.entries] == ["Number 0"]
    assert again.title in {"Paper", ""}


def test_another_head_another_meaning() -> None:
    """Where the address that links are relative to changes, all entries are parsed again."""
    document = Document(shape=_ATOM, head="", entries=("<link href='1'/>", "<link href='2'/>"), gap="")
    moved = document.body().replace(b"<feed ", b"<feed xml:base='http://other.example/' ")
    before = _outline(document.body())
    assert before is not None

    again = _parse(moved, frozenset(before.entries))

    assert [entry.link for entry in again.entries] == ["http://other.example/1", "http://other.example/2"]


_WHOLE = {
    "ill-formed": b"<rss><channel><item><title>A</title></item><item><title>B & C</title></item></channel></rss>",
    "document type": b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel><item><title>&a;</title></item></channel></rss>",
    "entries in entries": b"<rss><channel><item><title>A</title><item><title>B</title></item></item></channel></rss>",
    "entries in an entry": b"<rss><channel><item><item>A</item><item>B</item>C</item></channel></rss>",
    "empty entries": b"<rss><channel><item/><item><title>A</title></item></channel></rss>",
    "too deep": b"<rss><channel><item>" + b"<a>" * 70 + b"</a>" * 70 + b"</item></channel></rss>",
    "unknown root": b"<channel><item><title>A</title></item></channel>",
    "entries of another name": b"<rss><channel><item><title>A</title></item><ITEM>B</ITEM></channel></rss>",
    "no entries": b"<rss version='2.0'><channel><title>Paper</title></channel></rss>",
    "encoding of several bytes": b"<?xml version='1.0' encoding='gb2312'?><rss><item><a>\xd6\xd0</a></item></rss>",
    "no known encoding": b"<?xml version='1.0' encoding='x-none'?><rss><item><title>A</title></item></rss>",
    "misleading encoding": b"<?xml version='1.0' encoding='utf-7'?><rss><item><title>+AEE-</title></item></rss>",
    "commented out": b"<rss><!--" + b"<item>" * 20_000 + b"--><item><title>A</title></item></rss>",
    "never ended": b"<rss><item><title>A</title></item><item><title><![CDATA[B</title></item></rss>",
    "half an emoji": b"<rss><channel><item><title>&#55357;</title></item></channel></rss>",
    "elements between entries": b"<rss><item><title>A</title></item><a/><item><title>B</title></item></rss>",
    "a base left behind": b"<rss><channel><item><link xml:base='http://a.example/'>b</link></item></channel></rss>",
    "too many": b"<rss><channel>" + b"<item><a>b</a></item>" * 2001 + b"</channel></rss>",
}


@pytest.mark.parametrize("name", _WHOLE)
def test_read_whole(name: str) -> None:
    """Documents whose entries may not stand for themselves are read whole, every time."""
    assert _outline(_WHOLE[name]) is None


def test_single_byte_encoding() -> None:
    """A feed in windows-1251 is read in part like any other."""
    items = "<item><title>Б</title></item><item><title>Я</title></item>"
    text = f"<?xml version='1.0' encoding='windows-1251'?><rss>{items}</rss>"
    before = _outline(text.encode("cp1251"))
    assert before is not None

    again = _parse(text.encode("cp1251"), frozenset(before.entries[:1]))

    assert [entry.title for entry in again.entries] == ["Я"]


_DATED = "<lastBuildDate>{}</lastBuildDate><ttl>{}</ttl><item><title>One</title></item><item><title>{}</title></item>"


@pytest.mark.parametrize(
    ("values", "same"),
    [
        (("Tuesday", "60", "Two"), True),
        (("Tuesday, later", "60", "Two"), True),
        (("Monday", "120", "Two"), False),
        (("Monday", "60", "Three"), False),
        (("<!--", "60", "-->"), False),
        (("</lastBuildDate><item>", "60", "</item>"), False),
        (("Monday", "60</ttl><item><title>A new first one</title></item><ttl>60", "Two"), False),
    ],
)
async def test_nothing_but_a_date(values: tuple[str, str, str], *, same: bool) -> None:
    """A document in which only the date of its making has changed is not parsed at all."""
    shape = "<rss version='2.0'><channel>{}</channel></rss>".format
    url = "http://feed.example/rss"
    bodies = [shape(_DATED.format(*each)).encode() for each in (("Monday", "60", "Two"), values)]
    first, second = (Fetched(body=body, content_type="", url=url, validators=Validators()) for body in bodies)
    parser = Parser(children=1, seconds=60)
    before = parse_document(first)
    assert isinstance(before, Parsed)

    after = await parser.parse(second, before)
    moved = await parser.parse(
        Fetched(body=bodies[0], content_type="", url="http://else.example/", validators=Validators()), before
    )
    parser.close()

    assert (after is before) == same
    assert moved is not before

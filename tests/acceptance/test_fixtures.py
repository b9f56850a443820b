"""Other parsers' test files, with the values that these state. Needs the recordings."""

import ast
import json
import os
import re
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from monitor.model.entry import Entry
from monitor.model.feed import Validators
from monitor.model.poll import Fetched, Parsed
from monitor.parse.document import parse_document

FIXTURES = Path(os.environ.get("RSS_MONITOR_CORPUS", Path(__file__).parents[3] / "shared" / "corpus")) / "fixtures"

pytestmark = pytest.mark.skipif(
    not FIXTURES.exists(), reason="no recordings here; RSS_MONITOR_CORPUS names their folder"
)

_EXPECT = re.compile(rb"Expect:\s*(.*?)\s*-->", re.DOTALL)
_CONTENT_TYPE = re.compile(rb"Header:\s*[Cc]ontent-[Tt]ype:\s*(.*)")
#: feedparser's names for what we keep, as paths below an entry.
_FIELDS = {
    "title": "title",
    "title_detail.value": "title",
    "link": "link",
    "id": "id",
    "guid": "id",
    "summary": "summary",
    "summary_detail.value": "summary",
    "description": "summary",
    "content.0.value": "text",
    "author": "author",
    "published_parsed": "published",
    "updated_parsed": "updated",
}
#: Where we differ on purpose, by a part of the file's name.
_BY_DESIGN = {
    "tests/entities/": "a damaged document without one entry is no feed",
    "_base64": "what is declared to be no text is not read",
    "_map_author": "an author is a name",
    "base/http_": "ids stay as given; the address of these documents is not told here",
    "http_content_language": "neither is their header",
    "/sanitize/": "what browsers hide is not read",
    "xml_malicious_comment": "a comment that never ends",
    "svgtitle": "the words in a drawing are no text of the entry",
    "cdf/": "a format that nobody serves",
    "bozo_linenoise": "signs between words",
    "naked_markup": "markup without its declaration",
    "title_custom_type": "what is declared to be no text is not read",
    "issue_275": "what is declared to be no text is not read",
    "uri_at_protocol": "a link of another protocol",
    "dublincore_item_fields": "dc:date is when an entry was updated",
    "atom03_feed_entry_modified": "so is modified",
    "feed_item_fallbacks": "and dc:date",
}


def files(archive: str) -> dict[str, bytes]:
    with tarfile.open(FIXTURES / archive) as members:
        return {each.name: file.read() for each in members if (file := members.extractfile(each))}


def parsed(body: bytes, content_type: str = "") -> Parsed | None:
    url = "http://feed.example/"
    found = parse_document(Fetched(body=body, content_type=content_type, url=url, validators=Validators()))
    return found if isinstance(found, Parsed) else None


def bare(text: str) -> str:
    """Return the letters of a text without markup: how it is spaced and escaped differs between parsers."""
    for _ in range(3):
        text = unescape(text)
    return re.sub(r"\s+", "", re.sub(r"<!--.*?-->|<[a-zA-Z/!?][^>]*>", "", text, flags=re.DOTALL))


def differs(stated: object, entry: Entry | None, field: str) -> bool:
    if entry is None:
        return True
    ours = getattr(entry, field)
    if field == "text" and not ours:  # it is kept once
        ours = entry.summary
    if isinstance(stated, str):
        return not isinstance(ours, str) or bare(stated) != bare(ours)
    return bool(stated != ours)


def unexplained(name: str) -> bool:
    return not any(part in name for part in _BY_DESIGN)


def test_feedparsers_own_tests() -> None:
    """What feedparser's tests state of entries is what we keep, but for what we leave out on purpose."""
    compared, wrong = 0, []
    for name, body in files("feedparser.tar.xz").items():
        header = _CONTENT_TYPE.search(body)
        found = parsed(body, header[1].decode().strip() if header else "")
        for number, field, stated in expected(body):
            compared += 1
            entry = found.entries[number] if found and number < len(found.entries) else None
            if differs(stated, entry, field) and unexplained(name):
                wrong.append((name, field, stated))
    assert compared > 700
    assert not wrong


def expected(body: bytes) -> Iterator[tuple[int, str, object]]:
    """Yield number of an entry, our field and the value of each comparison that a test file states."""
    said = _EXPECT.search(body)
    try:
        tree = ast.parse(said[1].decode("utf-8", "replace") if said else "", mode="eval")
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and isinstance(value := node.comparators[0], ast.Constant | ast.Tuple):
            place = re.fullmatch(r"entries\.(\d)\.(.*)", ".".join(path(node.left)))
            if place and place[2] in _FIELDS:
                stated = ast.literal_eval(value)
                yield int(place[1]), _FIELDS[place[2]], moment(stated) if isinstance(stated, tuple) else stated


def path(node: ast.expr) -> tuple[str, ...]:
    """Return the parts of `entries[0].title` or `entries[0]["title"]`; "" for what is neither."""
    match node:
        case ast.Attribute(value=of, attr=name):
            return (*path(of), name)
        case ast.Subscript(value=of, slice=ast.Constant(value=key)):
            return (*path(of), str(key))
        case ast.Name(id=name):
            return (name,)
        case _:
            return ("",)


def moment(parts: tuple[int, ...]) -> datetime:
    year, month, day, hour, minute, second = parts[:6]
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def test_gofeeds_own_tests() -> None:
    """What gofeed's results state of entries is what we keep, but for what we leave out on purpose."""
    documents = files("gofeed.tar.xz")
    compared, wrong = 0, []
    for name, result in documents.items():
        document = name.removesuffix(".json") + ".xml"
        if not name.endswith(".json") or document not in documents:
            continue
        wanted = json.loads(result)
        items = wanted.get("items", wanted.get("entries")) or ()
        found = parsed(documents[document])
        entries = found.entries if found else (None,) * len(items)
        assert len(entries) == len(items), document
        for item, entry in zip(items, entries, strict=True):
            for field, stated in stated_by(item):
                compared += 1
                if differs(stated, entry, field) and unexplained(document):
                    wrong.append((document, field, stated))
    assert compared > 120
    assert not wrong


def stated_by(item: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """Yield our fields with the values that gofeed gives an item, of RSS, Atom or either."""
    names = {"title": "title", "guid": "id", "id": "id", "description": "summary", "summary": "summary"}
    for theirs, ours in (names | {"content": "text"}).items():
        value = item.get(theirs)
        value = value.get("value") if isinstance(value, dict) else value
        if value:
            yield ours, value
    for theirs, ours in (
        ("publishedParsed", "published"),
        ("pubDateParsed", "published"),
        ("updatedParsed", "updated"),
    ):
        if value := item.get(theirs):
            yield ours, datetime.fromisoformat(value).astimezone(UTC).replace(microsecond=0)

"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/), which feedparser does not read."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from monitor.model.entry import Entry
from monitor.model.poll import Fetched, Links, Parsed
from monitor.parse.dates import moment
from monitor.parse.feeds import MOST_ENTRIES, language_tag, web_link
from monitor.text.html import html_to_text, one_line, plain_text

_Object = Mapping[str, Any]


def parse_json_feed(fetched: Fetched) -> Parsed | None:
    """Read a JSON Feed; None when the document is none."""
    try:
        document = json.loads(fetched.body.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or "jsonfeed.org/version/" not in _string(document.get("version")):
        return None
    items = _objects(document.get("items"))
    language = language_tag(document.get("language")) or language_tag(fetched.content_language)
    authors = _authors(document)
    return Parsed(
        title=one_line(_string(document.get("title"))),
        language=language,
        entries=tuple(_entry(item, fetched.url, language, authors) for item in items[:MOST_ENTRIES]),
        dropped=max(0, len(items) - MOST_ENTRIES),
        links=Links(hubs=_hubs(document), topic=_string(document.get("feed_url"))),
    )


def _hubs(document: _Object) -> tuple[str, ...]:
    hubs = _objects(document.get("hubs"))
    return tuple(_string(hub.get("url")) for hub in hubs if _string(hub.get("type")).lower() == "websub")


def _entry(item: _Object, base: str, language: str, authors: str) -> Entry:
    markup, plain = _string(item.get("content_html")), _string(item.get("content_text"))
    text = html_to_text(markup) if markup else plain_text(plain)
    summary = plain_text(_string(item.get("summary")))
    tags = item.get("tags")
    return Entry(
        id=one_line(_string(item.get("id"))),
        link=web_link(base, _string(item.get("url")) or _string(item.get("external_url"))),
        title=one_line(_string(item.get("title"))),
        summary=summary or text,
        text=text if summary not in ("", text) else "",
        author=_authors(item) or authors,
        category=", ".join(filter(None, (one_line(_string(tag)) for tag in tags))) if isinstance(tags, list) else "",
        published=_date(item.get("date_published")),
        updated=_date(item.get("date_modified")),
        language=language_tag(item.get("language")) or language,
    )


def _authors(of: _Object) -> str:
    """Names of the authors; 1.0 has one `author`, 1.1 a list."""
    people = _objects(of.get("authors")) or _objects([of.get("author")])
    return ", ".join(filter(None, (one_line(_string(person.get("name"))) for person in people)))


def _date(value: object) -> datetime | None:
    """Read a date of RFC 3339; one without a zone is taken for UTC."""
    try:
        at = datetime.fromisoformat(_string(value))
        return moment(at.replace(tzinfo=at.tzinfo or UTC).utctimetuple())
    except (ValueError, OverflowError):
        return None


def _objects(value: object) -> list[_Object]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _string(value: object) -> str:
    """Return text, and numbers as text (ids are often numbers)."""
    return value if isinstance(value, str) else str(value) if type(value) in (int, float) else ""

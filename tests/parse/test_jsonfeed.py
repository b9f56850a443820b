"""JSON Feed 1.0 and 1.1."""

import json
from datetime import UTC, datetime

import pytest

from monitor.model.entry import Entry
from monitor.model.feed import Validators
from monitor.model.poll import Failure, Fetched, Links, Parsed, ParseFailed, ParseOutcome
from monitor.parse.document import parse_document


def _parse(document: object, mark: bytes = b"") -> ParseOutcome:
    body = mark + json.dumps(document).encode()
    return parse_document(
        Fetched(body=body, content_type="", url="https://a.example/feed.json", validators=Validators())
    )


def test_full_item() -> None:
    """Every field of an item becomes plain text."""
    outcome = _parse(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Новости",
            "language": "ru",
            "items": [
                {
                    "id": 7,
                    "url": "/7",
                    "title": " Title ",
                    "summary": "Short",
                    "content_html": "<p>One</p><p>two</p>",
                    "authors": [{"name": "Анна"}, {"name": "Bo"}, "noise"],
                    "tags": ["war", 5, None],
                    "date_published": "2024-03-05T14:30:00+02:00",
                    "date_modified": "yesterday",
                    "language": "uk",
                }
            ],
        }
    )

    expected = Entry(
        id="7",
        link="https://a.example/7",
        title="Title",
        summary="Short",
        text="One\ntwo",
        author="Анна, Bo",
        category="war, 5",
        published=datetime(2024, 3, 5, 12, 30, tzinfo=UTC),
        language="uk",
    )
    assert outcome == Parsed(title="Новости", language="ru", entries=(expected,), links=Links())


def test_version_1() -> None:
    """The old form is read too: one author, for the whole feed; plain text; a byte order mark."""
    outcome = _parse(
        {
            "version": "https://jsonfeed.org/version/1",
            "author": {"name": "Eve"},
            "items": [{"id": "a", "external_url": "https://b.example/", "content_text": "5 < 6 & more"}],
        },
        mark=b"\xef\xbb\xbf",
    )

    expected = Entry(id="a", link="https://b.example/", summary="5 < 6 & more", author="Eve")
    assert outcome == Parsed(entries=(expected,), links=Links())


@pytest.mark.parametrize("items", [None, {}, "x", [1, None, "x"]])
def test_odd_items(items: object) -> None:
    """Items that are no items are left out."""
    assert _parse({"version": "https://jsonfeed.org/version/1", "items": items}) == Parsed(links=Links())


@pytest.mark.parametrize("document", [{}, [], {"version": 1}, {"error": "not found"}])
def test_other_json(document: object) -> None:
    """JSON of another kind is no feed."""
    assert _parse(document) == ParseFailed(failure=Failure.NOT_A_FEED, detail="JSON, but not JSON Feed")

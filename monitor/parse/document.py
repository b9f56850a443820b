"""What a body is: a feed, or the reason why not. Runs in a child process."""

from collections.abc import Collection
from dataclasses import replace

from monitor.model.poll import Failure, Fetched, Parsed, ParseFailed, ParseOutcome
from monitor.parse.charset import mended, recoded, suspect
from monitor.parse.feeds import parse_feed
from monitor.parse.hints import read_hints
from monitor.parse.jsonfeed import parse_json_feed
from monitor.parse.page import is_page, no_feed, page_links


def parse_document(fetched: Fetched, known: Collection[bytes] = ()) -> ParseOutcome:
    """Read a body as the kind of feed that it is, without entries of `known` digests (see Outline) where possible."""
    body = recoded(fetched.body, fetched.encoding) if fetched.encoding else fetched.body
    body = body.lstrip(b" \t\r\n")
    if not body:
        return ParseFailed(failure=Failure.EMPTY)
    if is_page(body):
        return replace(no_feed(body), links=page_links(body))
    fetched = replace(fetched, body=mended(body))
    json = body.startswith((b"{", b"\xef\xbb\xbf{"))
    parsed = parse_json_feed(fetched) if json else parse_feed(fetched, known)
    if not isinstance(parsed, Parsed):
        return parsed or no_feed(body)
    doubtful = not fetched.encoding and suspect(fetched.body, fetched.content_type)
    return replace(parsed, hints=read_hints(body), suspect=doubtful)

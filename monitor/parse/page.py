"""What a document is that is no feed, in words for the user."""

import re

from monitor.model.poll import Failure, Links, ParseFailed
from monitor.text.html import html_to_text, one_line
from monitor.text.links import hubs
from monitor.text.tags import tags

_HEAD = 100_000
_TITLE_LENGTH = 120
#: A page with a captcha in a form is longer than one that is nothing but a captcha.
_SHORT_PAGE = 30_000

#: What may stand before the first element, a piece at a time, so that nothing is gone back to.
_BEFORE_ROOT = re.compile(rb"\s+|<\?[^>]*>|<!--.*?-->|<!doctype[^>\[]*(?:\[[^\]]*\])?[^>]*>", re.I | re.S)
_NAME = re.compile(rb"<([a-z][\w:.-]*)", re.I)
_FEEDS = frozenset({b"rss", b"feed", b"rdf:rdf", b"channel"})
_PAGES = frozenset({b"html", b"head", b"body", b"title", b"script", b"meta", b"div", b"p", b"h1", b"center"})
_TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{1,1000})", re.I)
_GUARDS = (
    ("Cloudflare", rb"<title>just a moment|_cf_chl_opt|cf-browser-verification|attention required! \| cloudflare"),
    ("DDoS-Guard", rb"ddos-guard"),
    ("Qrator", rb"qrator"),
    ("Imperva", rb"_incapsula_resource"),
    ("DataDome", rb"captcha-delivery\.com"),
    ("Sucuri", rb"sucuri_cloudproxy"),
    ("Anubis", rb"anubis_challenge|making sure you(?:'|&#39;)re not a bot"),
    ("Yandex", rb"smartcaptcha|showcaptcha"),
)
_CAPTCHA = re.compile(
    rb"captcha|checking your browser|verify (?:that )?you are (?:a )?human|are(?: not|n't) a robot", re.I
)


def is_page(body: bytes) -> bool:
    """Whether the document says itself that it is an HTML page."""
    return _root(body[:_HEAD]) == b"html"


def no_feed(body: bytes) -> ParseFailed:
    """Say what the document is instead: a challenge, a page, or something else (R16)."""
    head = body[:_HEAD]
    if head.startswith((b"{", b"[")):
        return _not("JSON, but not JSON Feed")
    root = _root(head)
    if root in _FEEDS:
        return _not("damaged XML without one entry")
    if root and root not in _PAGES:
        return _not(f"a document of <{root.decode('ascii', 'replace')}>")
    if root or b"<html" in head.lower():
        return _page(body)
    return _not("neither XML nor JSON")


def _root(head: bytes) -> bytes:
    """Return the name of the first element, past declarations and comments; nothing where there is none."""
    at = 0
    while before := _BEFORE_ROOT.match(head, at):
        at = before.end()
    found = _NAME.match(head, at)
    return found[1].lower() if found else b""


def challenge(body: bytes) -> str | None:
    """Return who guards a page that is a challenge, "" if it does not say; None if it is none."""
    head = body[:_HEAD]
    for guard, marks in _GUARDS:
        if re.search(marks, head, re.IGNORECASE):
            return guard
    return "" if len(body) < _SHORT_PAGE and _CAPTCHA.search(head) else None


def page_links(body: bytes) -> Links | None:
    """Return the hubs and the first self of a page's link elements (WebSub §4); None unless it gives both."""
    found = hubs(tags(body[:_HEAD].decode("utf-8", "replace"), frozenset({"link"})))
    return found if found.hubs and found.topic else None


def _page(body: bytes) -> ParseFailed:
    found = _TITLE.search(body[:_HEAD])
    title = one_line(html_to_text(found[1].decode("utf-8", "replace")))[:_TITLE_LENGTH] if found else ""
    guard = challenge(body)
    if guard is not None:
        return ParseFailed(failure=Failure.CHALLENGE, detail=guard or title)
    return _not(f"an HTML page: {title}" if title else "an HTML page")


def _not(what: str) -> ParseFailed:
    return ParseFailed(failure=Failure.NOT_A_FEED, detail=what)

"""Addresses of feeds: mended, judged, compared."""

import re
from urllib.parse import urlsplit

from monitor.opml.feedlist import Mend, Repairs
from monitor.opml.names import visible

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,20}):")


def mended(text: str, line: int, repairs: Repairs) -> str:
    """Return the address that was most probably meant.

    `${NAME}` is escaped: in a configuration it would send a secret to whoever wrote the list.
    """
    url = visible(text)
    for what, wrong, right in (
        (Mend.SPACE, " ", "%20"),
        (Mend.ESCAPED_TWICE, "&amp;", "&"),
        (Mend.VARIABLE, "${", "%24%7B"),
    ):
        repairs.note(what, line, count=wrong in url)
        url = url.replace(wrong, right)
    return url


def fault(url: str) -> str:
    """Say why an address can not be used as a feed's (RFC 9110 §4.2); "" if it can."""
    if not url:
        return "no address (xmlUrl)"
    try:
        parts = urlsplit(url)
        usable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return "its address has a wrong host or port"
    if parts.scheme in {"http", "https"}:
        return "" if usable else "its address has no host"
    scheme = _SCHEME.match(url)
    return f"its address is no http:// or https://, but {scheme[0]}" if scheme else "its address has no https://"


def same(url: str) -> str:
    """Return what two usable addresses have in common that mean the same feed: scheme, `www.`, slash do not count."""
    parts = urlsplit(url)
    user, at, _ = parts.netloc.rpartition("@")
    host = (parts.hostname or "").removeprefix("www.")
    port = "" if parts.port in {None, 80, 443} else f":{parts.port}"
    return f"{user}{at}{host}{port}{parts.path.rstrip('/')}?{parts.query}"

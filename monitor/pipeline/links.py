"""Which hubs a document names, and as what: Link headers come before the document's own links (WebSub §4). Pure."""

from urllib.parse import urljoin, urlsplit

from monitor.model.poll import Fetched, Links

#: An address longer than this is no address of a hub.
_LONGEST = 2000
#: Hubs of a document that count.
_MOST = 5


def advertised(fetched: Fetched, document: Links | None, *, found_at: str = "") -> Links | None:
    """Return the links as absolute addresses, without what is no web address; None if not all is known.

    A document that does not say what it calls itself is called as it was found.
    """
    header = fetched.links
    if document is None and not (header.hubs and header.topic):
        return None
    document = document or Links()
    hubs = (_absolute(fetched.url, hub) for hub in header.hubs or document.hubs)
    return Links(
        hubs=tuple(dict.fromkeys(filter(None, hubs)))[:_MOST],
        topic=_absolute(fetched.url, header.topic or document.topic or found_at),
    )


def _absolute(base: str, link: str) -> str:
    try:
        address = urljoin(base, link.strip()) if link else ""
        parts = urlsplit(address)
    except ValueError:
        return ""
    web = parts.scheme in {"http", "https"} and parts.hostname and parts.username is None
    return address if web and len(address) <= _LONGEST else ""

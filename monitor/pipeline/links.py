"""Which hub a document names, and as what: Link headers come before the document's own links (WebSub §4). Pure."""

from urllib.parse import urljoin, urlsplit

from monitor.model.poll import Fetched, Links

#: An address longer than this is no address of a hub.
_LONGEST = 2000


def advertised(fetched: Fetched, document: Links | None) -> Links | None:
    """Return the links as absolute addresses, "" for what is no web address; None if not all is known."""
    header = fetched.links
    if document is None and not (header.hub and header.topic):
        return None
    document = document or Links()
    return Links(
        hub=_absolute(fetched.url, header.hub or document.hub),
        topic=_absolute(fetched.url, header.topic or document.topic),
    )


def _absolute(base: str, link: str) -> str:
    try:
        address = urljoin(base, link.strip()) if link else ""
        parts = urlsplit(address)
    except ValueError:
        return ""
    web = parts.scheme in {"http", "https"} and parts.hostname and parts.username is None
    return address if web and len(address) <= _LONGEST else ""

"""Links of headers (RFC 8288 §3) and pages, and what they say of WebSub (§4)."""

import re
from collections.abc import Iterable, Iterator

from monitor.model.poll import Links
from monitor.text.tags import Tag

_LINK = re.compile(r"""<([^<>]*)>((?:\s*;\s*[\w.*-]+(?:\s*=\s*(?:"[^"]*"|[^\s",;]*))?)*)""")
_PARAMETER = re.compile(r"""([\w.*-]+)\s*=\s*(?:"([^"]*)"|([^\s",;]+))""")


def header_links(value: str) -> Iterator[Tag]:
    """Yield the links of a Link header as if they stood in a page; of a parameter the first counts."""
    for href, parameters in _LINK.findall(value):
        found = {name.lower(): quoted or bare for name, quoted, bare in reversed(_PARAMETER.findall(parameters))}
        yield Tag(name="link", attributes={**found, "href": href.strip()})


def hubs(links: Iterable[Tag]) -> Links:
    """Return the hubs and the first self that links name, as they are written."""
    found: dict[str, list[str]] = {"hub": [], "self": []}
    for link in links:
        for word in link.attributes.get("rel", "").lower().split():
            found.setdefault(word, []).append(link.attributes.get("href", "").strip())
    return Links(hubs=tuple(found["hub"]), topic=next(iter(found["self"]), ""))

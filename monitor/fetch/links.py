"""What Link headers say of WebSub (RFC 8288 §3, WebSub §4). Pure."""

import re
from collections.abc import Iterable

from monitor.model.poll import Links

_LINK = re.compile(r"""<([^<>]*)>((?:\s*;\s*[\w*-]+\s*(?:=\s*(?:"[^"]*"|[^\s";,]*))?)*)""")
_REL = re.compile(r""";\s*rel\s*=\s*(?:"([^"]*)"|([^\s";,]*))""", re.IGNORECASE)


def links(headers: Iterable[str]) -> Links:
    """Return the hubs and the first self of all Link headers, as they are written there."""
    found: dict[str, list[str]] = {"hub": [], "self": []}
    for url, parameters in (pair for header in headers for pair in _LINK.findall(header)):
        rel = _REL.search(parameters)
        for word in (rel[1] or rel[2] or "").lower().split() if rel else ():
            found.setdefault(word, []).append(url.strip())
    return Links(hubs=tuple(found["hub"]), topic=next(iter(found["self"]), ""))

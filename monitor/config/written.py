"""Writes feeds as the configuration reads them."""

import json
import re
from collections.abc import Sequence

#: An address that YAML takes as it is.
_PLAIN = re.compile(r"https?://[\w.:-]+(?:/[\w./?=&%~+-]*[\w/=])?", re.ASCII)


def feed_lines(
    *, url: str, name: str, language: str = "", tags: Sequence[str] = (), remark: str = "", indent: str = "  "
) -> list[str]:
    """Return a feed as the lines of an item in the list under `feeds:`; `remark` stands in a comment.

    What is "" or empty is left out. Name and tags must be such as the configuration takes (`monitor.opml.named`).
    """
    address = _address(url)
    lines = [f"- url: {address if _PLAIN.fullmatch(address) else quoted(address)}" + f"  # {remark}" * bool(remark)]
    if name:
        lines.append(f"  name: {quoted(name)}")
    if tags:
        lines.append(f"  tags: [{', '.join(map(quoted, tags))}]")
    if language:
        lines.append(f"  language: {language}")
    return [indent + line for line in lines]


def feed_in_braces(*, url: str, name: str, tags: Sequence[str]) -> str:
    """Return a feed as it is written in a list in brackets."""
    named = f", name: {quoted(name)}" if name else ""
    tagged = f", tags: [{', '.join(map(quoted, tags))}]" if tags else ""
    return f"{{url: {quoted(_address(url))}{named}{tagged}}}"


def _address(url: str) -> str:
    """Escape `${NAME}`: who offers an address must not learn a secret by it."""
    return url.replace("${", "%24%7B")


def quoted(text: str) -> str:
    """Return a text in quotes, as YAML and JSON have them."""
    return json.dumps(text, ensure_ascii=False)

"""Writes feeds as the configuration reads them."""

import json
import re

#: An address that YAML takes as it is.
_PLAIN = re.compile(r"https?://[\w.:-]+(?:/[\w./?=&%~+-]*[\w/=])?", re.ASCII)
_LONGEST_NAME = 80


def feed_lines(*, url: str, name: str, language: str, remark: str) -> list[str]:
    """Return a feed as the lines of an item in the list under `feeds:`; `remark` stands in a comment.

    A name or language that is "" is left out, and so is a name that the configuration would not take.
    """
    lines = [f"  - url: {url if _PLAIN.fullmatch(url) else json.dumps(url)}" + f"  # {remark}" * bool(remark)]
    name = "".join(filter(str.isprintable, " ".join(name.split())))[:_LONGEST_NAME].strip()
    if name and "://" not in name:
        lines.append(f"    name: {json.dumps(name, ensure_ascii=False)}")
    if language:
        lines.append(f"    language: {language}")
    return lines

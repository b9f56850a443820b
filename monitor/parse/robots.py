"""What a robots.txt lets us read (RFC 9309): the only file that knows protego. Runs in a child process.

The standard library's parser knows no wildcards, takes the first rule that fits and not the longest, and drops all
rules that stand behind an empty line.
"""

from protego import Protego

#: Our product token.
PRODUCT = "rss-monitor"


def allows(robots: bytes, url: str) -> bool:
    """Whether the rules let us read this address of their site."""
    rules = Protego.parse(robots.decode("utf-8-sig", "replace"))
    return rules.can_fetch(url, PRODUCT)

"""Text of feeds that pings nobody, hides nothing, and is nobody's markup."""

import re

from monitor.text.excerpt import without_tricks

# What would ping people: `@everyone`, Slack's `<!channel>` and `<@U123>`.
_PING = re.compile(r"@|<(?=[!@])")
_LINK_PING = re.compile(r"@(?=everyone|here|channel|all\b)", re.IGNORECASE)
_NOT_IN_LINK = re.compile(r"[\s<>\"`|\\\x00-\x20\x7f-\xa0]")


def harmless(text: str) -> str:
    """Return feed text that pings nobody and hides nothing; lines are kept."""
    return _PING.sub("\\g<0>\u200b", without_tricks(text))


def one_line(text: str) -> str:
    """Return feed text on one line, harmless."""
    return " ".join(harmless(text).split())


def harmless_link(link: str) -> str:
    """Return the link in one piece and unable to ping, or "" if it is not http or https."""
    if not link.lower().startswith(("http://", "https://")):
        return ""
    link = _NOT_IN_LINK.sub(lambda found: _percent(found[0]), without_tricks(link.strip()))
    return _LINK_PING.sub("%40", link)


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())

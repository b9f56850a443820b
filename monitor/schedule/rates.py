"""How fast each service may be written to, by the scheme or host of an Apprise URL. Pure.

A burst counts for what is allowed in a span, so that no span, wherever it begins, has more.

============  ==================================================================================================
Telegram      1 a second to a chat, short bursts over that; 20 a minute to a group or channel
              (core.telegram.org/bots/faq, "My bot is hitting limits")
Slack         1 a second, short bursts over that (docs.slack.dev/apis/web-api/rate-limits)
Discord       5 in 2 seconds and 30 in a minute to a webhook (its X-RateLimit headers; not in words)
Matrix        1 in 5 seconds, 10 at once (Synapse, `rc_message`)
ntfy          1 in 5 seconds, 60 at once, of all from one address (docs.ntfy.sh/config, `visitor-request-limit`)
mail          30 a minute (Exchange Online, "message rate limit"; others say nothing, or more)
IRC           some now and then, as each is a connection of its own, and of about ten lines (RFC 1459 §8.10)
your own      whatever comes: json, xml, form, mqtt, terminal
others        1 a second, 5 at once
============  ==================================================================================================
"""

import re
from datetime import timedelta
from urllib.parse import unquote

from monitor.model.rate import UNLIMITED, Rate

_SECOND, _MINUTE = timedelta(seconds=1), timedelta(minutes=1)

_TELEGRAM_CHAT = Rate(burst=3, every=_SECOND)
_TELEGRAM_GROUP = Rate.of(20, _MINUTE)
_SLACK = Rate(burst=3, every=_SECOND)
_DISCORD = Rate(burst=5, every=_MINUTE / 26)
_MATRIX = Rate(burst=10, every=5 * _SECOND)
_NTFY = Rate(burst=10, every=5 * _SECOND)
_MAIL = Rate.of(30, _MINUTE)
_IRC = Rate(burst=3, every=10 * _SECOND)
_OTHERS = Rate(burst=5, every=_SECOND)

_BY_SCHEME = {
    "tgram": _TELEGRAM_CHAT,
    "slack": _SLACK,
    "discord": _DISCORD,
    "matrix": _MATRIX,
    "ntfy": _NTFY,
    "mailto": _MAIL,
    "irc": _IRC,
    **dict.fromkeys(("json", "xml", "form", "mqtt", "terminal"), UNLIMITED),
}
_BY_HOST = {"hooks.slack.com": _SLACK, "discord.com": _DISCORD, "discordapp.com": _DISCORD, "ntfy.sh": _NTFY}


def rate_of(url: str) -> Rate:
    """Return the rate that suits the service which an Apprise URL names."""
    scheme, _, rest = url.partition("://")
    host, *path = re.split("[/?]", rest)
    if scheme.lower() in {"http", "https"}:  # the address that a service itself gives out
        return _BY_HOST.get(host.lower(), _OTHERS)
    rate = _BY_SCHEME.get(scheme.lower()) or _BY_SCHEME.get(scheme.lower().removesuffix("s"), _OTHERS)
    return _TELEGRAM_GROUP if rate is _TELEGRAM_CHAT and any(map(_is_group, path)) else rate


def _is_group(part: str) -> bool:
    """Whether a part of a Telegram URL names a group, which is a negative number, or a channel, which is @name."""
    return unquote(part.removeprefix("to=")).startswith(("-", "@"))

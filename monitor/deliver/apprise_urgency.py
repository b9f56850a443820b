"""How a channel is told that a message is urgent, or is not: by what a plug-in of Apprise takes in its URL.

Nothing is asked for that hides a message or repeats it until somebody answers, as Pushover's least and greatest do. Who
wants that says so in the receiver's URL, which is then left as it is.
"""

from urllib.parse import parse_qsl, urlencode

from apprise.plugins.base import NotifyBase

from monitor.model.calm import Priority

#: By plug-in: the argument's name, and what it is for low, high and critical alerts; "" leaves what the channel does.
_ARGUMENTS = {
    "NotifyBark": ("level", "passive", "timeSensitive", "critical"),
    "NotifyGotify": ("priority", "moderate", "high", "emergency"),
    "NotifyJira": ("priority", "5", "2", "1"),  # 1 is its highest, though Apprise's own words say otherwise
    "NotifyJoin": ("priority", "moderate", "high", "emergency"),
    "NotifyNtfy": ("priority", "low", "high", "max"),
    "NotifyOpsgenie": ("priority", "5", "2", "1"),
    "NotifyPagerDuty": ("severity", "", "error", "critical"),
    "NotifyProwl": ("priority", "moderate", "high", "emergency"),
    "NotifyPushSafer": ("priority", "medium", "high", "emergency"),
    "NotifyPushover": ("priority", "moderate", "high", "high"),
    "NotifySimplePush": ("priority", "low", "high", "emergency"),
}
_LEVELS = (Priority.LOW, Priority.HIGH, Priority.CRITICAL)
#: Headers of a mail (RFC 2156 §5.3.6, and what mail programs went by before it).
_HEADERS = {
    Priority.HIGH: {"+Importance": "high", "+X-Priority": "2"},
    Priority.CRITICAL: {"+Importance": "high", "+X-Priority": "1"},
}


def urgent(url: str, service: NotifyBase, priority: Priority) -> str:
    """Return the URL of `service` by which its messages have this priority there, if it knows any."""
    known = _known(type(service).__name__)
    said = {name.strip("+ ").lower() for name, _ in parse_qsl(url.partition("?")[2])}
    ours = {name.strip("+").lower() for arguments in known.values() for name in arguments}
    if priority not in known or said & ours:
        return url
    return f"{url}{'&' if '?' in url else '?'}{urlencode(known[priority], safe='+')}"


def _known(plugin: str) -> dict[Priority, dict[str, str]]:
    if plugin == "NotifyEmail":
        return _HEADERS
    name, *values = _ARGUMENTS.get(plugin, ("",))
    return {level: {name: value} for level, value in zip(_LEVELS, values, strict=False) if value}

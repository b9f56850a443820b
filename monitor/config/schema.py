"""What the file may say: the keys of each section, and how they become the model."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from monitor.config import addresses, calm, lists, nodes, noise, templates, values
from monitor.config.bind import Context, Record, listed, many, name, pairs, scalar
from monitor.config.fault import Place, Wrong, meant, shown
from monitor.config.feeds import Draft, named
from monitor.config.nodes import Node, Scalar
from monitor.config.secrets import filled
from monitor.model.alert import Receiver
from monitor.model.calm import Burst
from monitor.model.configuration import Retry, Settings, Stories
from monitor.model.feed import Feed
from monitor.model.secret import Secret
from monitor.model.watchlist import Watchlist

_SECOND = timedelta(seconds=1)
_DEFAULT = "default"
#: Receivers that are programs, by the scheme of their URLs; and the terminal.
_PROGRAMS = frozenset({"form", "forms", "json", "jsons", "mqtt", "mqtts", "syslog", "terminal", "xml", "xmls"})


def _retry(node: Node, context: Context) -> Retry:
    retry = Retry(**RETRY(node, context))
    if not retry.first <= retry.most <= retry.give_up:
        raise Wrong(node.place, "these times do not go together", "first must not pass most, nor most give_up")
    return retry


def _receiver_url(node: Node, context: Context) -> Secret:
    url = filled(node, context)
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", url):
        hint = "write terminal:// to see alerts here, or an Apprise URL such as mailto://... or tgram://..."
        raise Wrong(node.place, "this is no address of a receiver: no scheme:// at its beginning", hint)
    return Secret(url)


def _receiver_name(node: Node, context: Context) -> str:
    text = scalar(node).text
    if context.receivers is not None and text not in context.receivers:
        raise Wrong(node.place, f"there is no receiver {shown(text)}", meant(text, context.receivers))
    return text


def _feeds_named(node: Node, context: Context) -> frozenset[str]:
    text = scalar(node).text
    if context.feeds is None:
        return frozenset()
    if text not in context.feeds:
        raise Wrong(node.place, f"no feed has the name or tag {shown(text)}", meant(text, context.feeds))
    return context.feeds[text]


_names = many(name, may_be_empty=True)
RETRY = Record(
    what="retry",
    keys={
        "first": values.duration(_SECOND),
        "most": values.duration(_SECOND),
        "unknown": values.duration(timedelta(0)),
        "give_up": values.duration(_SECOND),
    },
)
SETTINGS = Record(
    what="settings",
    keys={
        "data": values.path,
        "timezone": values.zone,
        "every": values.duration(_SECOND),
        "at_most": values.duration(_SECOND),
        "host_interval": values.duration(timedelta(0)),
        "allow_private": many(values.host, may_be_empty=True),
        "proxy": addresses.proxy,
        "public_url": values.public_url,
        "listen": values.listen,
        "first_run": values.first_run,
        "flood": noise.flood,
        "late": noise.late,
        "full_text": values.full_text,
        "retry": _retry,
        "health": many(_receiver_name, may_be_empty=True),
        "coverage": values.coverage,
        "stories": noise.stories,
        "corroborated": noise.corroborated,
        "also_in": noise.also_in,
        "proof": values.proof,
        "heartbeat": values.heartbeat,
        "evidence": values.evidence,
        "archive": values.archive,
    },
)
RECEIVER = Record(
    what="a receiver",
    keys={
        "url": _receiver_url,
        "rate": values.rate,
        "template": templates.template,
        "min_priority": calm.priority,
        "quiet": calm.quiet,
        "digest": calm.digest,
        "burst": calm.burst,
    },
    needs="url",
    short="url",
    hints={"name": "write under receivers NAME: ADDRESS"},
)
FEED = Record(
    what="a feed",
    keys={
        "url": addresses.address,
        "name": name,
        "tags": _names,
        "every": values.duration(_SECOND),
        "at_most": values.duration(_SECOND),
        "language": many(values.language),
        "encoding": values.encoding,
        "mirrors": many(addresses.address),
        "proxy": addresses.proxy,
        "headers": addresses.headers,
        "auth": addresses.auth,
        "full_text": values.full_text,
    },
    needs="url",
    short="url",
)
LIST = Record(
    what="a list of feeds",
    keys={"opml": lists.file, **{key: FEED.keys[key] for key in ("tags", "every", "language", "proxy", "full_text")}},
    hints={"url": "either url or opml", "name": "its feeds have names of their own; write tags"},
)
WATCHLIST = Record(
    what="a watchlist",
    keys={
        "any": many(values.term),
        "none": many(values.term, may_be_empty=True),
        "in": many(values.part),
        "feeds": many(_feeds_named),
        "notify": many(_receiver_name),
        "priority": calm.priority,
        "follow": values.yes_or_no,
        "stories": noise.stories,
        "corroborated": noise.corroborated,
    },
    needs="any",
    short="any",
)


def _node(node: Node, _context: Context) -> Node:
    return node


#: Top level; what stands under a key is bound later, in the order that names need.
FILE = Record(
    what="the file",
    keys=dict.fromkeys(("feeds", "watchlists", "notify", "receivers", "settings"), _node),
    hints=dict.fromkeys(SETTINGS.keys, "it belongs under settings"),
)
#: All sections by the key they stand under, for the documentation's test.
SECTIONS = {
    "": FILE,
    "settings": SETTINGS,
    "settings.retry": RETRY,
    "settings.flood": noise.FLOOD,
    "receivers": RECEIVER,
    "receivers.burst": calm.BURST,
    "receivers.template": templates.TEMPLATE,
    "feeds": FEED,
    "feeds.auth": addresses.AUTH,
    "feeds.opml": LIST,
    "watchlists": WATCHLIST,
}


def settings(node: Node, context: Context) -> Settings:
    """Bind the settings; what is not said has its default."""
    given = SETTINGS(node, context)
    zone = given.pop("timezone", None) or values.local_zone()
    return Settings(**{"data": context.folder / "data", "timezone": zone, **given})


def receivers(node: Node, context: Context) -> list[tuple[Receiver, Place]]:
    """Bind receivers, each with its place."""
    found = []
    for number, (key, value) in enumerate(_children(node, RECEIVER, context), start=1):
        given = context.attempt(RECEIVER, value) or {}
        unnamed = _DEFAULT if number == 1 else f"{_DEFAULT}-{number}"
        called = context.attempt(name, key) if key else unnamed
        if called and "url" in given:
            given.setdefault("burst", _burst(given["url"]))
            found.append((Receiver(name=called, **given), value.place))
    return found


def _burst(url: Secret) -> Burst | None:
    """Return what holds where nothing is said: people want calm, programs each alert by itself."""
    return None if url.reveal().partition("://")[0].lower() in _PROGRAMS else Burst()


def feeds(node: Node, context: Context) -> tuple[Feed, ...]:
    """Bind feeds; each gets a name of its own."""
    drafts = []
    for key, value in _entries(node, context):
        if _is_list(value):
            drafts += _listed(key, value, context)
            continue
        given = context.attempt(FEED, value) or {}
        called = given.pop("name", None)
        if key and called:
            context.note(value.place, f"this feed is named {shown(key.text)} already", "remove its key name")
        if key:
            called = context.attempt(name, key)
        if "url" in given:
            own = {"url": given.pop("url"), "tags": given.pop("tags", ())}
            drafts.append(Draft(place=value.place, name=called, **own, further=given))
    return named(drafts, context)


def _listed(key: Scalar | None, node: Node, context: Context) -> list[Draft]:
    """Bind the feeds of a list; the name that it stands under is a tag of all of them."""
    given = context.attempt(LIST, node) or {}
    called = context.attempt(name, key) if key else None
    if "opml" not in given:
        return []
    given["tags"] = (*given.get("tags", ()), *([called] if called else []))
    return lists.drafts(given, context)


def files_of(root: Node, context: Context) -> Iterator[Path]:
    """Go through the lists of feeds and the templates that a file names, whatever else is wrong with it."""
    given = context.attempt(FILE, root) or {}
    context.attempt(receivers, given.get("receivers", root))
    yield from context.files
    children = context.attempt(lambda node, context: [*_entries(node, context)], given.get("feeds", root)) or []
    for _, node in children:
        for key, value in node.pairs if isinstance(node, nodes.Mapping) else ():
            if isinstance(key, Scalar) and key.text == "opml" and (file := context.attempt(lists.file, value)):
                yield file[0]


def _entries(node: Node, context: Context) -> Iterator[tuple[Scalar | None, Node]]:
    yield from [(None, node)] if _is_list(node) else _children(node, FEED, context)


def _is_list(node: Node) -> bool:
    return isinstance(node, nodes.Mapping) and _has(node, "opml")


def watchlists(node: Node, context: Context) -> tuple[Watchlist, ...]:
    """Bind watchlists; their names of feeds and receivers are looked up in the context."""
    for child in node.items if isinstance(node, nodes.Sequence) else ():
        if isinstance(child, nodes.Mapping) and _has(child, WATCHLIST.short):
            hint = "write it under watchlists as NAME: {any: [...]}, without a dash"
            raise Wrong(child.place, "a watchlist with keys stands under its name, not in a list", hint)
    found = []
    alone = not isinstance(node, nodes.Mapping) or _has(node, WATCHLIST.short)
    for key, value in [(None, node)] if alone else _children(node, WATCHLIST, context):
        given = context.attempt(WATCHLIST, value) or {}
        called = context.attempt(name, key) if key else _DEFAULT
        if called and given.get("any"):
            found.append(_watchlist(called, given))
    return tuple(found)


def _watchlist(called: str, given: dict[str, Any]) -> Watchlist:
    optional: dict[str, Any] = {}
    if "in" in given:
        optional["fields"] = frozenset(given["in"])
    if "feeds" in given:
        optional["feeds"] = frozenset().union(*given["feeds"])
    if "stories" in given:
        optional["grouped"] = given["stories"] is Stories.GROUP
    optional |= {key: given[key] for key in ("none", "notify", "priority", "follow", "corroborated") if key in given}
    return Watchlist(name=called, any=given["any"], **optional)


def _children(node: Node, record: Record, context: Context) -> Iterator[tuple[Scalar | None, Node]]:
    """Go through names and values of a mapping, or the values of a list; a record alone is a list of one."""
    if isinstance(node, nodes.Mapping) and _has(node, record.short):
        yield None, node
    elif isinstance(node, nodes.Mapping) and node.pairs:
        yield from pairs(node, context)
    elif isinstance(node, nodes.Mapping):
        raise Wrong(node.place, "nothing stands between these brackets", f"write {record.what}, or a list")
    else:
        for value in listed(node, context):
            yield None, value


def _has(node: nodes.Mapping, key: str) -> bool:
    return any(isinstance(word, Scalar) and word.text == key for word, _ in node.pairs)

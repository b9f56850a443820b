"""Reads the file and checks it whole; a user's mistake is a value, with place and remedy."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from monitor.config import nodes, schema
from monitor.config.bind import Bind, Context, T
from monitor.config.fault import Place, Wrong
from monitor.config.nodes import Node, compose
from monitor.model.alert import Receiver
from monitor.model.configuration import Configuration, Problem, Settings
from monitor.model.feed import Feed

#: Bytes of the file, at most: room for some hundred thousand terms.
LARGEST = 8 * 1024 * 1024

_NOTHING = nodes.Mapping(place=Place(), pairs=())
#: What the settings say for all feeds.
_FOR_FEEDS = ("every", "at_most", "proxy", "full_text")
#: The keys that a file must have, with an example.
_NEEDED = {
    "feeds": "[https://www.themoscowtimes.com/rss/news]",
    "watchlists": "[mobilized, foreign agent]",
    "notify": "terminal://, which shows alerts here",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A configuration that can run."""

    configuration: Configuration
    #: Where each receiver stands in the file, for faults found later: name to line and column, from 1.
    places: Mapping[str, tuple[int, int]]


def load(path: Path, *, environ: Mapping[str, str]) -> Loaded | tuple[Problem, ...]:
    """Read a configuration, or say in the order of the file what is wrong with it; raises nothing for its contents.

    `environ` is what `${NAME}` looks into. No problem shows a secret.
    """
    context = Context.of(path, environ)
    loaded = None
    try:
        loaded = _bind(compose(_read(path)), context)
    except Wrong as wrong:
        context.faults.append(wrong.fault)
    return loaded if loaded is not None and not context.faults else _problems(path, context)


def settings_of(path: Path, *, environ: Mapping[str, str]) -> Settings | tuple[Problem, ...]:
    """Read the settings of a file that may lack everything else, or say what is wrong with them and with its keys."""
    context = Context.of(path, environ)
    found = None
    try:
        given = context.attempt(schema.FILE, compose(_read(path))) or {}
        found = _whole(schema.settings, given.get("settings", _NOTHING), context)
    except Wrong as wrong:
        context.faults.append(wrong.fault)
    return found if found is not None and not context.faults else _problems(path, context)


def receivers_of(path: Path, *, environ: Mapping[str, str]) -> dict[Receiver, tuple[int, int]]:
    """Return the receivers of a file with line and column, whatever else is wrong with it; none if they are wrong."""
    context = Context.of(path, environ)
    try:
        given = context.attempt(schema.FILE, compose(_read(path))) or {}
    except Wrong:
        return {}
    found = _whole(schema.receivers, given.get("receivers", given.get("notify")), context) or ()
    return {receiver: (place.line, place.column) for receiver, place in found}


def lacks_feeds(path: Path) -> bool:
    """Whether a file says nothing of feeds yet, whatever else is wrong with it."""
    try:
        root = compose(_read(path))
    except Wrong:
        return False
    given = root.pairs if isinstance(root, nodes.Mapping) else ()
    feeds = [value for key, value in given if isinstance(key, nodes.Scalar) and key.text == "feeds"]
    return bool(given) and all(isinstance(value, nodes.Scalar) and not value.text for value in feeds)


def _problems(path: Path, context: Context) -> tuple[Problem, ...]:
    return tuple(fault.problem(path) for fault in sorted(context.faults, key=lambda fault: fault.place))


def files_of(path: Path, *, environ: Mapping[str, str]) -> frozenset[Path] | None:
    """Return the lists of feeds, and the templates, that a file names, whatever else is wrong with it.

    None if it can not be read.
    """
    try:
        root = compose(_read(path))
    except Wrong:
        return None
    return frozenset(schema.files_of(root, Context.of(path, environ)))


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise Wrong(
            Place(), "there is no such file", "write one like config.example.yaml, or name it: -c FILE"
        ) from None
    except OSError as error:
        raise Wrong(Place(), f"can not be read: {error.strerror}", "look at its kind, owner and mode") from None
    except ValueError:
        raise Wrong(Place(), "this can not be the name of a file", "name the file: -c FILE") from None
    if len(raw) > LARGEST:
        raise Wrong(Place(), f"larger than {LARGEST // 1024**2} MB", "is it the right file?")
    raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        before = raw[: error.start].rpartition(b"\n")[2].decode("utf-8-sig")
        hint = "save the file as UTF-8"
        raise Wrong(Place(line=line, column=len(before) + 1), "this is not text in UTF-8", hint) from None


def _bind(root: Node, context: Context) -> Loaded | None:
    """Bind all sections, names before those who use them; None when there were faults."""
    given = context.attempt(schema.FILE, root)
    if given is None:
        return None
    _complete(given, context)
    receivers = _whole(schema.receivers, given.get("receivers", given.get("notify")), context)
    names = None if receivers is None else frozenset(receiver.name for receiver, _ in receivers)
    context = replace(context, receivers=names)
    settings = _whole(schema.settings, given.get("settings", _NOTHING), context)
    if settings:
        context = replace(context, for_feeds={name: getattr(settings, name) for name in _FOR_FEEDS})
    feeds = _whole(schema.feeds, given.get("feeds"), context)
    context = replace(context, feeds=None if feeds is None else _callable(feeds))
    watchlists = _whole(schema.watchlists, given.get("watchlists"), context)
    if settings is None or feeds is None or receivers is None or watchlists is None:
        return None
    configuration = Configuration(
        settings=settings, feeds=feeds, watchlists=watchlists, receivers=tuple(receiver for receiver, _ in receivers)
    )
    return Loaded(
        configuration=configuration,
        places={receiver.name: (place.line, place.column) for receiver, place in receivers},
    )


def _complete(given: Mapping[str, Node], context: Context) -> None:
    # A key that is not known is most likely one of the missing, misspelt.
    for key, example in () if context.faults else _NEEDED.items():
        if key not in given and not (key == "notify" and "receivers" in given):
            context.note(Place(), f"{key} is missing", f"write for example {key}: {example}")
    if "notify" in given and "receivers" in given:
        hint = "under receivers, give each address a name; a watchlist's own notify says which of them it uses"
        context.note(given["notify"].place, "notify and receivers both say where alerts go", hint)


def _whole(bind: Bind[T], node: Node | None, context: Context) -> T | None:
    """Bind a section; None if it is missing or anything in it is wrong, so that no fault makes others follow."""
    before = len(context.faults)
    value = context.attempt(bind, node) if node else None
    return value if len(context.faults) == before else None


def _callable(feeds: Iterable[Feed]) -> dict[str, frozenset[str]]:
    """Return what a watchlist may call feeds by, names and tags, and which feeds that means."""
    called: defaultdict[str, set[str]] = defaultdict(set)
    for feed in feeds:
        for name in {feed.name, *feed.tags}:
            called[name].add(feed.name)
    return {name: frozenset(names) for name, names in called.items()}

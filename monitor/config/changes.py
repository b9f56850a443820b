"""What a reload changed, in the words of the log."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import timedelta

from monitor.model.alert import Receiver
from monitor.model.configuration import Configuration, FirstRun, Retry, Settings
from monitor.model.feed import Address, Feed, FullText
from monitor.model.secret import Secret
from monitor.model.watchlist import Watchlist
from monitor.text.quantities import counted, duration

Member = Receiver | Feed | Watchlist

_MOST = 5
#: A feed that goes directly although the settings have a proxy.
_NO_PROXY = Address(url=Secret(""), shown="none")
_TERMS = {"any": "term", "none": "excluding term"}


def changes(old: Configuration, new: Configuration) -> tuple[str, ...]:
    """Say what differs, a phrase a change; addresses and secrets are never told, only that they changed."""
    return (
        *_settings(old.settings, new.settings),
        *_members("receiver", old.receivers, new.receivers),
        *_members("feed", _own(old), _own(new)),
        *_members("watchlist", old.watchlists, new.watchlists),
    )


def _own(configuration: Configuration) -> tuple[Feed, ...]:
    """Return the feeds without what they have from the settings: a change is told once."""
    settings = configuration.settings
    return tuple(
        replace(
            feed,
            every=timedelta(0) if feed.every == settings.every else feed.every,
            at_most=None if feed.at_most == settings.at_most else feed.at_most,
            full_text=FullText.AUTO if feed.full_text == settings.full_text else feed.full_text,
            proxy=None if feed.proxy == settings.proxy else feed.proxy or _NO_PROXY,
        )
        for feed in configuration.feeds
    )


def _settings(old: Settings | Retry, new: Settings | Retry, path: str = "settings") -> Iterator[str]:
    for name in _differing(old, new):
        before, after = getattr(old, name), getattr(new, name)
        if name == "health":
            before, after = (("all",) if names is None else names for names in (before, after))
        if name == "retry":
            yield from _settings(before, after, f"{path}.{name}")
        else:
            yield f"{path}.{name}: {_words(before)} -> {_words(after)}"


def _differing(old: Settings | Retry | Member, new: Settings | Retry | Member) -> list[str]:
    return [field.name for field in fields(new) if getattr(old, field.name) != getattr(new, field.name)]


def _words(value: object) -> str:
    if isinstance(value, timedelta):
        return duration(value)
    if isinstance(value, Address):
        return value.shown
    if isinstance(value, FirstRun):
        return {None: "all", 0: "baseline"}.get(value.last, f"last {value.last}")
    return ", ".join(map(str, value)) or "none" if isinstance(value, tuple) else str(value or "none")


def _members(kind: str, old: Sequence[Member], new: Sequence[Member]) -> Iterator[str]:
    before, after = ({member.name: member for member in members} for members in (old, new))
    yield from _count("+", kind, [name for name in after if name not in before])
    yield from _count("-", kind, [name for name in before if name not in after])
    for name in after:
        if name in before and before[name] != after[name]:
            yield from _changed(kind, before[name], after[name])


def _count(sign: str, kind: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
        yield f"{sign}{counted(len(names), kind, f'{kind}s')}: {', '.join(names[:_MOST])}{more}"


def _changed(kind: str, old: Member, new: Member) -> Iterator[str]:
    others = _differing(old, new)
    for name, thing in _TERMS.items():
        if kind == "watchlist" and name in others:
            others.remove(name)
            yield from _terms(thing, new.name, getattr(old, name), getattr(new, name))
    if others:
        yield f"{kind} {new.name} changed: {_keys(others)}"


def _terms(thing: str, watchlist: str, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    for sign, number in (("+", len(set(new) - set(old))), ("-", len(set(old) - set(new)))):
        if number:
            yield f"{sign}{counted(number, thing, f'{thing}s')} in {watchlist}"


def _keys(names: Iterable[str]) -> str:
    """Call the fields as the file does."""
    return ", ".join(dict.fromkeys({"shown_url": "url", "fields": "in"}.get(name, name) for name in names))

"""A user's own words for an alert (Jinja2); this file alone knows the library.

What a template may say is a small part of that language: values, filters, conditions and loops over what an alert has.
It can not call anything, keep anything or repeat itself, so that rendering is over soon whatever is written.
"""

import difflib
import functools
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType, SimpleNamespace
from typing import Any

import jinja2
from jinja2 import filters, meta, nodes, runtime, sandbox

from monitor.errors import TemplateInvalid
from monitor.model.alert import Alert, Notice, Notification, Template
from monitor.render import message, sample
from monitor.render.also import also_in
from monitor.render.fitting import cut
from monitor.render.forms import pieces
from monitor.render.neutral import harmless_link, one_line

#: Characters that a text may have, and steps that all loops of a template may take together.
_LONGEST, _MOST_STEPS = 20_000, 2_000
#: The same for each of several alerts in one message; and characters of such a message.
_STEPS_EACH, _LONGEST_OF_SEVERAL = 12, 200_000
_PARTS = frozenset(
    (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.List, nodes.Tuple, nodes.Getattr,
     nodes.Getitem, nodes.Slice, nodes.Filter, nodes.Test, nodes.Keyword, nodes.Compare, nodes.Operand, nodes.And,
     nodes.Or, nodes.Not, nodes.CondExpr, nodes.Concat, nodes.Add, nodes.Sub, nodes.For, nodes.If))  # fmt: skip
#: What the library's own code raises over what a template asks of its values.
_FAILS = (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_FILTERS = ("capitalize", "default", "first", "join", "last", "length", "lower", "replace", "sort", "title", "trim",
            "truncate", "unique", "upper")  # fmt: skip
_STEPS = "steps left"


def worded(alert: Alert, template: Template, *, timezone: tzinfo, earlier: Alert | None = None) -> Notification:
    """Return the message that tells of an alert, and which `earlier` one it follows, in the words of a template.

    Raises TemplateInvalid if they can not be had for this alert.
    """
    ours = message.alert(alert, timezone=timezone, earlier=earlier)
    values = _values(alert, ours, timezone, earlier)
    return _said(ours, template.title, template.body, values)


def worded_digest(
    told: Sequence[Alert | Notice],
    template: Template,
    *,
    ours: Notification,
    timezone: tzinfo,
    why: str = "",
    earlier: Mapping[int, Alert] = MappingProxyType({}),
) -> Notification:
    """Return the message that tells of several in the words of a template; `ours` is what it would be otherwise.

    Raises TemplateInvalid if they can not be had for these.
    """
    values = _values_of_several(told, ours, timezone, why, earlier)
    return _said(ours, template.digest_title, template.digest, values, several=[each.id for each in values["alerts"]])


def check(text: str, *, several: bool = False) -> None:
    """Raise TemplateInvalid, with its place, if a template can not be used for every alert, or for `several`."""
    if several:
        notice = Notice(title="A feed is dead", body="Since 3 Jun 2024.")
        ours = Notification(title="[rss-monitor] 3 messages", body="All of it")
        for told in ((sample.FULL, sample.BARE, notice), (sample.BARE,)):
            _rendered(text, _values_of_several(told, ours, UTC, "This came since the last digest.", {}))
        return
    for alert in (sample.FULL, sample.BARE):
        ours = message.alert(alert, timezone=UTC)
        _rendered(text, _values(alert, ours, UTC))


def _said(
    ours: Notification, title: str, body: str, values: dict[str, Any], *, several: Sequence[int] = ()
) -> Notification:
    """Return our message with title and body in the words of templates; "" leaves ours."""
    if title:
        unmarked = "".join(piece for piece, _ in pieces(_rendered(title, values)))
        title = cut(" ".join(unmarked.split()), message.TITLE_LIMIT)
    if body:
        body = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+$", "", _rendered(body, values), flags=re.MULTILINE)).strip()
    said = replace(ours, title=title or ours.title, body=body or ours.body)
    keep = (*ours.keep, *map(str, several or (values["id"],)))
    return replace(said, keep=tuple(dict.fromkeys(kept for kept in keep if kept in said.body)))


def _values_of_several(
    told: Sequence[Alert | Notice], ours: Notification, timezone: tzinfo, why: str, earlier: Mapping[int, Alert]
) -> dict[str, Any]:
    """Return what a template of several may show: of each alert, what one of one alert may."""
    alerts = [
        _values(each, message.alert(each, timezone=timezone), timezone, earlier.get(each.number))
        for each in told
        if isinstance(each, Alert)
    ]
    notices = [
        {"title": one_line(each.title), "body": message.notice(each).body} for each in told if isinstance(each, Notice)
    ]
    return {
        "alerts": [SimpleNamespace(**each) for each in alerts],
        "notices": [SimpleNamespace(**each) for each in notices],
        "why": why,
        "message": ours.body,
    }


def _values(alert: Alert, ours: Notification, timezone: tzinfo, earlier: Alert | None = None) -> dict[str, Any]:
    """Return what a template may show. Feed text in it is harmless, and stays text."""
    stored, entry = alert.entry, alert.entry.entry
    published = stored.entry.believable(stored.seen)
    return {
        "id": alert.number,
        "watchlist": one_line(alert.watchlist),
        "priority": alert.priority.value,
        "terms": [one_line(term) for term in alert.terms],
        "title": message.headline(stored),
        "feed": one_line(stored.feed),
        "author": one_line(entry.author),
        "category": one_line(entry.category),
        "summary": one_line(entry.summary),
        "published": published and published.astimezone(timezone),
        "seen": stored.seen.astimezone(timezone),
        "excerpts": message.found(alert),
        "link": harmless_link(entry.link),
        "also_in": also_in(alert),
        "follow_up": message.follow_up(earlier),
        "message": ours.body,
    }


def _rendered(text: str, values: dict[str, Any]) -> str:
    rendered, length = [], 0
    several = values.get("alerts", ())
    longest, steps = _LONGEST_OF_SEVERAL if several else _LONGEST, _MOST_STEPS + _STEPS_EACH * len(several)
    try:
        for piece in _compiled(text, frozenset(values)).generate({**values, _STEPS: iter(range(steps))}):
            rendered.append(piece)
            length += len(piece)
            if length > longest:
                raise jinja2.TemplateRuntimeError(f"it says more than {longest} characters")
    except _FAILS as failed:
        raise _invalid(text, failed) from None
    if not (said := "".join(rendered)).strip():
        raise TemplateInvalid("it says nothing", hint="write something that every alert has: {{ title }}")
    return said


@functools.lru_cache(maxsize=256)
def _compiled(text: str, known: frozenset[str]) -> jinja2.Template:
    parsed = _ENVIRONMENT.parse(text)
    for node in parsed.find_all(nodes.Node):
        if type(node) not in _PARTS:
            what = f"a template knows no {{% {type(node).__name__.lower()} %}}"
            raise jinja2.TemplateSyntaxError(_REFUSED.get(type(node), what), node.lineno)
        if isinstance(node, nodes.For):
            node.iter = nodes.Filter(node.iter, "each", [], [], None, None, lineno=node.lineno)
    for name in sorted(meta.find_undeclared_variables(parsed) - known):
        raise jinja2.UndefinedError(f"there is no variable '{name}'")
    return _ENVIRONMENT.from_string(parsed)


_REFUSED: dict[type[nodes.Node], str] = {
    nodes.Call: "a template can not call anything; for times there is a filter: {{ seen | date('%H:%M') }}",
    nodes.Mul: "a template can not multiply",
    nodes.Pow: "a template can not multiply",
}


def _invalid(text: str, failed: Exception) -> TemplateInvalid:
    """Say what is wrong, and where."""
    said = (failed.message if isinstance(failed, jinja2.TemplateError) else str(failed)) or type(failed).__name__
    found = re.search(r"'(\w+)'", said)
    name, lines = found[1] if found else "{", text.split("\n")
    line = _line(failed) or next((number for number, each in enumerate(lines, 1) if name in each), 1)
    written = lines[line - 1] if line <= len(lines) else ""
    column = max(0, written.find(name if name in written else "{"))
    return TemplateInvalid(said, line=line, column=column, hint=_hint(said, name))


def _line(failed: Exception) -> int | None:
    """Return the line of the template where it failed, from 1; None if that is not known."""
    if isinstance(failed, jinja2.TemplateSyntaxError):
        return failed.lineno
    return next(
        (
            frame.lineno
            for frame in reversed(traceback.extract_tb(failed.__traceback__))
            if frame.filename == "<template>"
        ),
        None,
    )


def _hint(said: str, name: str) -> str:
    for words, known in (("no variable", _NAMES), ("No filter", (*_FILTERS, "date"))):
        if words in said:
            near = difflib.get_close_matches(name, known, n=1)
            return f'did you mean "{near[0]}"?' if near else f"there are: {', '.join(known)}"
    return "what a template may say is under receivers.template in docs/configuration.md"


@jinja2.pass_context
def _each(context: runtime.Context, items: Iterable[Any]) -> Iterator[Any]:
    """Go through a loop's items as long as there are steps left."""
    for item in items:
        if next(context[_STEPS], None) is None:
            raise jinja2.TemplateRuntimeError("its loops take too many steps")
        yield item


def _date(when: datetime | None, form: str = "%d.%m.%Y %H:%M") -> str:
    """Write a time as strftime does; one that is not known is ""."""
    return when.strftime(form) if when else ""


def _shown(value: object) -> object:
    if isinstance(value, datetime):
        return message.moment(value, value.tzinfo or UTC)
    return "" if value is None else value


def _bounded(name: str) -> Callable[..., Any]:
    """Return one of the library's filters, that can not be used to make texts grow without end."""
    filtering = filters.FILTERS[name]

    @functools.wraps(filtering)
    def bounded(*given: object, **named: object) -> object:
        made = filtering(*given, **named)
        if isinstance(made, str) and len(made) > _LONGEST:
            raise jinja2.TemplateRuntimeError(f"'{name}' makes more than {_LONGEST} characters")
        return made

    return bounded


def _environment() -> sandbox.ImmutableSandboxedEnvironment:
    made = sandbox.ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_shown, cache_size=0
    )
    made.globals.clear()
    made.filters = {**{name: _bounded(name) for name in _FILTERS}, "date": _date, "each": _each}
    return made


_ENVIRONMENT = _environment()
_NAMES = tuple(_values(sample.BARE, message.alert(sample.BARE, timezone=UTC), UTC))

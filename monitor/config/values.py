"""Binders for single values: durations, hosts, terms and the like."""

import codecs
import ipaddress
import re
import zoneinfo
from datetime import timedelta
from encodings.aliases import aliases
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzlocal

from monitor.config.bind import OFF, Bind, Context, scalar
from monitor.config.fault import Place, Wrong, meant, quoted, shown
from monitor.config.nodes import Node
from monitor.config.secrets import filled
from monitor.errors import TermInvalid
from monitor.match import parse
from monitor.model.configuration import Coverage, FirstRun, Proof
from monitor.model.entry import Field
from monitor.model.feed import FullText
from monitor.model.rate import Rate
from monitor.model.secret import Secret
from monitor.morphology.registry import LANGUAGES

E = TypeVar("E", bound=StrEnum)

_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_DURATION = re.compile("".join(rf"(?:(?P<{word}>\d{{1,7}}){unit})?" for unit, word in _UNITS.items()))
_SPANS = {"s": timedelta(seconds=1), "min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_RATE = re.compile(rf"(?P<count>[1-9]\d{{0,5}}) ?/ ?(?P<span>{'|'.join(_SPANS)})")
_LONGEST = timedelta(days=366)
_DAY = timedelta(days=1)
_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<host>[^\W_](?:[\w.-]*\w)?))(?::(?P<port>\d{1,5}))?")
_LAST_PORT = 65535
_YES, _NO = frozenset({"yes", "true", "on"}), frozenset({"no", "false", "off"})
#: Names of encodings that may be meant; those that feeds are in come first.
_ENCODINGS = ("utf-8", "windows-1251", "koi8-r", *(name.replace("_", "-") for name in aliases))


def duration(least: timedelta) -> Bind[timedelta]:
    """Take a duration such as `30s`, `10m`, `1h30m` or `1d`, between `least` and a year."""

    def bind(node: Node, context: Context) -> timedelta:
        text = filled(node, context)
        parts = _DURATION.fullmatch(text)
        if not text or not parts:
            raise Wrong(node.place, f"{_written(node)} is no duration", _duration_hint(scalar(node).text))
        value = timedelta(**{word: int(number) for word, number in parts.groupdict(default="0").items()})
        if not least <= value <= _LONGEST:
            bound = f"at least {least.seconds}s" if value < least else f"at most {_LONGEST.days}d"
            raise Wrong(node.place, f"{_written(node)} is out of range", f"write {bound}")
        return value

    return bind


def count(node: Node, context: Context) -> int:
    """Take a number from 1 on."""
    text = filled(node, context)
    if not re.fullmatch(r"[1-9]\d{0,5}", text):
        raise Wrong(node.place, f"{_written(node)} is no number that can stand here", "write 1, 5 or 20")
    return int(text)


def _duration_hint(text: str) -> str:
    number = re.match(r"\d{1,7}(?!\d)", text)
    if not number:
        return "write a number and a unit: 30s, 10m, 1h, 1d"
    return f"write a unit: {number[0]}s for seconds, {number[0]}m for minutes, {number[0]}h for hours"


def _written(node: Node) -> str:
    return shown(scalar(node).text)


def path(node: Node, context: Context) -> Path:
    """Take a file or directory, relative to the directory of the configuration; `~` is the home directory."""
    try:
        return context.folder / Path(filled(node, context)).expanduser()
    except RuntimeError:
        raise Wrong(node.place, f"{_written(node)} names no home directory", "write the whole path") from None


def zone(node: Node, context: Context) -> ZoneInfo:
    """Take the name of a time zone, such as `Europe/Kyiv`."""
    text = filled(node, context)
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = meant(scalar(node).text, sorted(zoneinfo.available_timezones()))
        raise Wrong(node.place, f"{_written(node)} is no time zone", hint) from None


def local_zone() -> ZoneInfo:
    """Return this machine's time zone."""
    try:
        return tzlocal.get_localzone()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = "write its name under settings: timezone: Europe/Kyiv"
        raise Wrong(Place(), "this machine does not say what its time zone is", hint) from None


def first_run(node: Node, context: Context) -> FirstRun:
    """Take what is news in a feed that is new."""
    text = filled(node, context)
    if text in {"baseline", "all"}:
        return FirstRun(last=0 if text == "baseline" else None)
    number = re.fullmatch(r"last ([1-9]\d{0,5})", text)
    if not number:
        raise Wrong(node.place, f"first_run can not be {_written(node)}", "write baseline, all, or last 3")
    return FirstRun(last=int(number[1]))


def choice(kind: type[E], wrong: str, *, guess: bool = False) -> Bind[E]:
    """Take one of a few words; `wrong` has {} where what is written belongs. `guess` at the one that is meant."""

    def bind(node: Node, context: Context) -> E:
        text, (*words, last) = filled(node, context), kind
        if text not in {*words, last}:
            hint = meant(scalar(node).text, [*kind]) if guess else f"write {', '.join(words)} or {last}"
            raise Wrong(node.place, wrong.format(_written(node)), hint)
        return kind(text)

    return bind


coverage = choice(Coverage, "coverage can not be {}")
proof = choice(Proof, "proof can not be {}")
full_text = choice(FullText, "full_text can not be {}")
part = choice(Field, "entries have no {} to look in", guess=True)


def heartbeat(node: Node, context: Context) -> Secret:
    """Take the address that is asked for as a sign of life; whoever knows it can give that sign."""
    text = filled(node, context)
    if not _web(text):
        raise Wrong(node.place, "this is no web address", "write it as https://hc-ping.com/..., or ${NAME}")
    return Secret(text)


def _web(text: str) -> SplitResult | None:
    """Return the parts of an address with a host that http or https leads to; None for any other text."""
    try:
        parts = urlsplit(text)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return None
    return parts if usable and not re.search(r"\s", text) else None


def yes_or_no(node: Node, _context: Context) -> bool:
    """Take whether something is wanted; as YAML has it, `true` and `on` are yes, `false` and `off` no."""
    text = scalar(node).text
    if text.lower() not in _YES | _NO:
        raise Wrong(node.place, f"{shown(text)} is neither yes nor no", "write yes or no")
    return text.lower() in _YES


def evidence(node: Node, context: Context) -> timedelta | None:
    """Take how long the bytes of documents are kept; `off` is not at all."""
    return OFF if filled(node, context) == "off" else duration(_DAY)(node, context)


def archive(node: Node, context: Context) -> str:
    """Take the address of an archive, with `{url}` where that of the page belongs."""
    text = filled(node, context)
    parts = _web(text)
    if not parts or "{" in parts.netloc or text.count("{url}") != 1:
        hint = "write it as https://web.archive.org/save/{url}"
        raise Wrong(node.place, f"{_written(node)} is no address of an archive", hint)
    return text


def rate(node: Node, context: Context) -> Rate:
    """Take how many messages may be sent in a span of time, such as `20/min`, `1/s` or `100/h`."""
    found = _RATE.fullmatch(filled(node, context))
    if not found:
        raise Wrong(node.place, f"{_written(node)} is no rate", "write it as 20/min, 1/s or 100/h")
    return Rate.of(int(found["count"]), _SPANS[found["span"]])


def host(node: Node, context: Context) -> str:
    """Take a host, a host with a port, an address or a network."""
    text = filled(node, context).lower()
    try:
        return str(ipaddress.ip_network(text, strict=False)) if "/" in text else str(ipaddress.ip_address(text))
    except ValueError:
        found = _HOST.fullmatch(text)
    if not found or int(found["port"] or 0) > _LAST_PORT or not _is_six(found["six"]):
        hint = "write it as localhost, news.local:8080, 10.0.0.5 or 10.0.0.0/8"
        raise Wrong(node.place, f"{_written(node)} is no host and no network", hint)
    return text


def listen(node: Node, context: Context) -> str:
    """Take a host, or an address, with the port to listen on."""
    text = host(node, context)
    found = _HOST.fullmatch(text)
    if not found or not found["port"]:
        hint = "write it as 127.0.0.1:8080, [::1]:8080 or 0.0.0.0:8080"
        raise Wrong(node.place, f"{_written(node)} says no port", hint)
    return text


def public_url(node: Node, context: Context) -> str:
    """Take the address under which this machine is reached from outside."""
    text = filled(node, context)
    parts = _web(text)
    if not parts or parts.query or parts.fragment or parts.username or parts.password or not text.isascii():
        hint = "write it as https://alerts.example.org, or with a path"
        raise Wrong(node.place, f"{_written(node)} is no public address", hint)
    return text.rstrip("/")


def _is_six(text: str | None) -> bool:
    try:
        return text is None or bool(ipaddress.IPv6Address(text))
    except ValueError:
        return False


def language(node: Node, _context: Context) -> str:
    """Take the code of a language, such as `uk`; a region after it (`uk-UA`) says nothing more."""
    text = scalar(node).text
    code = text.lower().replace("_", "-").partition("-")[0]
    if code in LANGUAGES:
        return code
    named = [known for known, name in LANGUAGES.items() if name.lower() == text.lower()]
    hint = f"write its code: {named[0]}" if named else "write its code of two letters (ISO 639-1), such as uk, ru or en"
    raise Wrong(node.place, f"{shown(text)} is no language that we know", hint)


def encoding(node: Node, _context: Context) -> str:
    """Take the name of a character encoding that texts are in, such as `windows-1251`."""
    text = scalar(node).text
    if not _is_encoding(text):
        hint = meant(text, filter(_is_encoding, _ENCODINGS))
        raise Wrong(node.place, f"{shown(text)} is no character encoding that we know", hint)
    return codecs.lookup(text).name


def _is_encoding(name: str) -> bool:
    """Whether Python knows it and can read any bytes with it: some of its codecs are for other things than texts."""
    try:
        return all(octets.decode(name, "replace") for octets in (bytes(range(256)), b"<rss>"))
    except (LookupError, ValueError):
        return False


def term(node: Node, _context: Context) -> str:
    """Take a term that the matcher understands."""
    read = scalar(node)
    comment = read.rest.lstrip()
    if read.plain and comment != read.rest and comment.startswith("#") and comment[1:2].strip("# \t"):
        whole = read.text + read.rest.rstrip()
        at = Place(line=node.place.line, column=read.at(len(read.text)).column + len(read.rest) - len(comment))
        hint = f"put the term in quotes: {quoted(whole)}; if it is a comment, write a space after #"
        raise Wrong(at, f"YAML takes {shown(comment.rstrip())} for a comment, not for a part of the term", hint)
    if "${" in read.text:
        raise Wrong(read.at(read.text.index("${")), "terms have no variables", "write the words themselves")
    try:
        parse(read.text)
    except TermInvalid as invalid:
        nested = "" if '"' in read.text or "quotes" not in invalid.hint else f" (in YAML: '\"{read.text}\"')"
        raise Wrong(read.at(invalid.column), str(invalid), invalid.hint + nested) from None
    return read.text

"""How feeds are reached: addresses of feeds, mirrors and proxies, what is shown of them, headers and passwords."""

import ipaddress
import re
from urllib.parse import SplitResult, unquote, urlsplit

from monitor.config import nodes
from monitor.config.bind import OFF, Context, Record, pairs, scalar
from monitor.config.fault import Wrong, shown
from monitor.config.nodes import Node
from monitor.config.secrets import filled
from monitor.model.feed import Address
from monitor.model.secret import Secret

HOLE = re.compile(r"\$\{(?:file:)?([^}]*)\}")
#: What stands before the host: a name, and a password or token (RFC 3986 §3.2.1).
USER = r"(?P<name>(?:\$\{[^}]*\}|[^/?#@:$])*:)?(?P<word>(?:\$\{[^}]*\}|[^/?#])*)@"
_USERINFO = re.compile(r"(?<=//)" + USER)
_WEB = ("http", "https")
_SOCKS = ("socks5", "socks5h")
#: The name of a header (RFC 9110 §5.1).
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
#: Headers that we say ourselves, that say how a message is sent, or that we do not send (R18).
_OURS = re.compile(
    r"(?:host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|content-.*|accept-encoding|range|if-.*"
    r"|proxy-.*|cookie|referer)",
    re.IGNORECASE,
)
_LONGEST = 255
_DIRECT: Address = OFF


def address(node: Node, context: Context) -> Address:
    """Take an http or https URL (RFC 9110 §4.2)."""
    url, parts = _parts(node, context, like=_LIKE)
    written = scalar(node).text
    if not parts.netloc:
        hint = f"write https://{written}" if _is_bare(written) else _LIKE
        raise Wrong(node.place, "this is no address of a feed: it does not begin with https:// or http://", hint)
    if parts.scheme not in _WEB:
        raise Wrong(node.place, f"feeds can not be read with {_scheme(written)}", "only http:// and https:// work")
    if not _has_host(url, parts):
        raise Wrong(node.place, "this address has no host, or a space in it", _LIKE)
    return Address(url=Secret(url), shown=masked(written))


def proxy(node: Node, context: Context) -> Address:
    """Take the URL of a proxy, or `none`."""
    if scalar(node).text == "none":
        return _DIRECT
    url, parts = _parts(node, context, like=_LIKE_PROXY)
    if parts.scheme not in (*_WEB, *_SOCKS):
        raise Wrong(node.place, "this is no address of a proxy that can be used", _LIKE_PROXY)
    if (
        not (_has_host(url, parts) and _is_host(parts.hostname or ""))
        or parts.port is None
        or parts.path.strip("/")
        or parts.query
    ):
        raise Wrong(node.place, "the address of a proxy is a host and a port, and nothing after them", _LIKE_PROXY)
    user, password = (None if word is None else unquote(word) for word in (parts.username, parts.password))
    if (
        "\\" in parts.netloc
        or ":" in (user or "")
        or not all(word is None or word.isascii() for word in (user, password))
    ):
        raise Wrong(node.place, "user, password or host have a sign that proxies do not take", _LIKE_PROXY)
    if parts.scheme in _SOCKS and not _socks_takes(user, password):
        hint = f"write both, in at most {_LONGEST} characters each"
        raise Wrong(node.place, "SOCKS takes a user and a password, or neither", hint)
    return Address(url=Secret(url), shown=masked(scalar(node).text))


def headers(node: Node, context: Context) -> tuple[tuple[str, Secret], ...]:
    """Take names and values of headers."""
    if not isinstance(node, nodes.Mapping) or not node.pairs:
        raise Wrong(node.place, "headers are names and values; here is something else", _LIKE_HEADERS)
    found: dict[str, tuple[str, Secret]] = {}
    for key, value in pairs(node, context):
        said = context.attempt(filled, value)
        if not _HEADER.fullmatch(key.text):
            context.note(key.place, f"{shown(key.text)} is no name of a header", _LIKE_HEADERS)
        elif _OURS.fullmatch(key.text):
            context.note(key.place, f"the header {key.text} can not be set", "remove it: it is ours to send, or not to")
        elif key.text.lower() in found:
            context.note(key.place, f"the header {key.text} stands here a second time", "case does not matter")
        elif said is not None:
            found[key.text.lower()] = (key.text, Secret(said))
    return tuple(found.values())


def auth(node: Node, context: Context) -> Secret | None:
    """Take a user and a password (RFC 7617)."""
    before = len(context.faults)
    given = AUTH(node, context)
    if len(context.faults) > before:
        return None
    if given.keys() != AUTH.keys.keys():
        raise Wrong(node.place, "user and password belong together", "write {user: NAME, password: WORD}")
    if ":" in given["user"]:
        raise Wrong(node.place, "the user's name can not hold a colon", "see what the site calls you")
    return Secret(f"{given['user']}:{given['password']}")


AUTH = Record(what="auth", keys={"user": filled, "password": filled})

_LIKE = "write it as your browser shows it: https://host/path"
_LIKE_PROXY = "write it as socks5://127.0.0.1:9050 or http://user:password@host:8080; none is no proxy"
_LIKE_HEADERS = 'write {NAME: VALUE}, such as {X-Api-Key: "${KEY}"}'


def _parts(node: Node, context: Context, *, like: str) -> tuple[str, SplitResult]:
    url = filled(node, context)
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise Wrong(node.place, "this address has a wrong host or port", like) from None
    return url, parts


def _has_host(url: str, parts: SplitResult) -> bool:
    return bool(parts.hostname) and parts.port != 0 and not re.search(r"\s", url)


def _is_host(name: str) -> bool:
    """Whether this may be the name or address of one machine: "0" and "10.1" are neither, though some programs try."""
    try:
        return not ipaddress.ip_address(name).is_unspecified
    except ValueError:
        return bool(re.search(r"[^\d.\s]", name)) and not re.search(r"\s", name)


def _socks_takes(*words: str | None) -> bool:
    """Whether SOCKS has room for user and password (RFC 1929)."""
    return words == (None, None) or all(word and len(word) <= _LONGEST for word in words)


def _is_bare(written: str) -> bool:
    return re.fullmatch(r"[\w-]+(\.[\w-]+)+(/[\w./-]*)?", written) is not None


def _scheme(written: str) -> str:
    return f"{written.partition('://')[0]}://" if "${" not in written.partition("://")[0] else "this protocol"


def masked(written: str) -> str:
    """Replace a password, or a user name that may be a token, by `***`; `${NAME}` may stand."""

    def mask(found: re.Match[str]) -> str:
        return (found["name"] or "") + (found["word"] if HOLE.fullmatch(found["word"]) else "***") + "@"

    return _USERINFO.sub(mask, written, count=1)

"""Mirrors, proxies, headers and passwords of feeds."""

import logging
from collections.abc import Callable

import pytest

from monitor.config import changes
from monitor.model.configuration import Configuration, Problem

Good = Callable[..., Configuration]
Bad = Callable[..., tuple[Problem, ...]]

REST = "watchlists: [army]\nnotify: terminal://\n"
CANARY = "hunter2canary"
FEED = "feeds:\n  - url: https://a.example/rss\n    {}\n" + REST


def test_everything(good: Good) -> None:
    """Mirrors, proxy, headers and password are taken, their secrets filled in, and what is shown is as written."""
    (feed,) = good(
        FEED.format(
            "mirrors: ['https://one.example/${WORD}', https://me:word@two.example]\n"
            "    proxy: http://me:${WORD}@proxy.example:3128\n"
            "    headers: {X-Key: '${WORD}', Authorization: Bearer x}"
        ),
        WORD=CANARY,
    ).feeds
    assert [each.url.reveal() for each in feed.mirrors] == [
        f"https://one.example/{CANARY}",
        "https://me:word@two.example",
    ]
    assert [each.shown for each in feed.mirrors] == ["https://one.example/${WORD}", "https://me:***@two.example"]
    assert feed.proxy
    assert feed.proxy.url.reveal() == f"http://me:{CANARY}@proxy.example:3128"
    assert feed.proxy.shown == "http://me:${WORD}@proxy.example:3128"
    assert [(name, value.reveal()) for name, value in feed.headers] == [
        ("X-Key", CANARY),
        ("Authorization", "Bearer x"),
    ]
    assert CANARY not in repr(feed)


def test_password(good: Good) -> None:
    """The password stands as it is, signs included."""
    (feed,) = good(FEED.format("auth: {user: press, password: 'p@%: ${WORD}'}"), WORD=CANARY).feeds
    assert feed.auth
    assert feed.auth.reveal() == f"press:p@%: {CANARY}"


@pytest.mark.parametrize(
    ("settings", "own", "expected"),
    [
        ("", "tags: x", None),
        ("", "proxy: none", None),
        ("proxy: socks5://tor:9050", "tags: x", "socks5://tor:9050"),
        ("proxy: socks5://tor:9050", "proxy: none", None),
        ("proxy: socks5://tor:9050", "proxy: socks5h://[::1]:1080/", "socks5h://[::1]:1080/"),
        ("proxy: none", "proxy: https://proxy.example:443", "https://proxy.example:443"),
        ("proxy: none", "tags: x", None),
    ],
)
def test_which_proxy(good: Good, settings: str, own: str, expected: str | None) -> None:
    """A feed's own proxy comes before that of the settings, and `none` is none."""
    (feed,) = good(FEED.format(own) + (f"settings: {{{settings}}}\n" if settings else "")).feeds
    assert (feed.proxy.url.reveal() if feed.proxy else None) == expected


MISTAKES = [
    ("proxy: 127.0.0.1:9050", (3, 12), "no address of a proxy", "socks5://127.0.0.1:9050"),
    ("proxy: socks4://tor:9050", (3, 12), "no address of a proxy", "socks5://"),
    ("proxy: socks5://tor", (3, 12), "a host and a port", "socks5://127.0.0.1:9050"),
    ("proxy: http://proxy:8080/path", (3, 12), "nothing after them", "none is no proxy"),
    ("proxy: http://proxy:99999", (3, 12), "wrong host or port", "none is no proxy"),
    ("proxy: socks5://me@tor:9050", (3, 12), "a user and a password, or neither", "255"),
    (f"proxy: socks5://me:{'x' * 256}@tor:9050", (3, 12), "a user and a password, or neither", "255"),
    ("proxy: http://я:слово@tor:9050", (3, 12), "have a sign", "none is no proxy"),
    ("proxy: socks5://%D1%8F:a@tor:9050", (3, 12), "have a sign", "none is no proxy"),
    ("proxy: http://m%3Ae:word@proxy:3128", (3, 12), "have a sign", "none is no proxy"),
    ("proxy: http://me:wo\\rd@proxy:3128", (3, 12), "have a sign", "none is no proxy"),
    ("mirrors: mirror.example/rss", (3, 14), "no address of a feed", "https://mirror.example/rss"),
    ("mirrors: [https://b.example, https://b.example]", (3, 34), "stands twice", "line 3"),
    ("headers: X-Key", (3, 14), "names and values", "{X-Api-Key:"),
    ("headers: {}", (3, 14), "names and values", "{X-Api-Key:"),
    ("headers: {X Key: a}", (3, 15), "no name of a header", "{X-Api-Key:"),
    ("headers: {Host: a}", (3, 15), "Host can not be set", "remove it"),
    ("headers: {cookie: a}", (3, 15), "cookie can not be set", "remove it"),
    ("headers: {Content-Length: a}", (3, 15), "can not be set", "remove it"),
    ("headers: {If-None-Match: a}", (3, 15), "can not be set", "remove it"),
    ("headers: {Proxy-Authorization: a}", (3, 15), "can not be set", "remove it"),
    ("headers: {X-Key: a, x-key: b}", (3, 25), "a second time", "case"),
    ('headers: {X-Key: "a\\r\\nHost: b"}', (3, 22), "U+000D", "delete"),
    ("headers: {X-Key: '${NOPE}'}", (3, 23), "NOPE is not set", "export"),
    ("auth: {user: me}", (3, 11), "belong together", "password"),
    ("auth: {user: 'm:e', password: x}", (3, 11), "can not hold a colon", ""),
    ("auth: {user: me, pasword: x}", (3, 22), 'no key "pasword"', "password"),
    ("auth: me", (3, 11), "keys and values", "user"),
    ("auth: {user: me, password: x}\n    headers: {authorization: y}", (2, 5), "twice who you are", "keep one"),
]


@pytest.mark.parametrize(("written", "place", "message", "hint"), MISTAKES, ids=[row[0] for row in MISTAKES])
def test_mistakes(bad: Bad, written: str, place: tuple[int, int], message: str, hint: str) -> None:
    """Each mistake is shown at its place, with the remedy."""
    (problem,) = bad(FEED.format(written))
    assert (problem.line, problem.column) == place
    assert message in problem.message
    assert hint in problem.hint


def test_one_password_in_the_address_and_one_beside_it(bad: Bad) -> None:
    """A password in the address and another under auth can not both be meant."""
    text = "feeds: {A: {url: 'https://u:p@a.example', auth: {user: u, password: p}}}\n" + REST
    (problem,) = bad(text)
    assert "twice who you are" in problem.message


SPOILT = [
    "proxy: nowhere-{}",
    "proxy: socks5://u:{}@tor",
    "proxy: socks5://{}@tor:9050",
    "proxy: ftp://u:{}@tor:21",
    "mirrors: ftp://u:{}@b.example",
    "mirrors: [https://u:{0}@b.example, https://u:{0}@b.example]",
    "headers: {}",
    "headers: {{X: [{}]}}",
    "headers: {{Host: {}}}",
    "headers: {{X: '{0}', x: '{0}'}}",
    "auth: {}",
    "auth: {{user: '{0}:', password: '{0}'}}",
    "auth: {{password: '{}'}}",
    "auth: {{user: {{{}: x}}, password: y}}",
]


@pytest.mark.parametrize("spoilt", SPOILT)
def test_mistakes_show_no_secret(bad: Bad, caplog: pytest.LogCaptureFixture, spoilt: str) -> None:
    """Whatever is wrong beside a secret, no message, hint or log shows it."""
    caplog.set_level(logging.DEBUG)
    found = bad(FEED.format(spoilt.format("${WORD}")), WORD=CANARY)
    assert CANARY not in repr(found) + "".join(map(str, found)) + caplog.text


def test_changes_show_no_secret(good: Good) -> None:
    """After a reload the log says which feed is reached otherwise, and no secret."""
    before = FEED.format("tags: x") + "settings: {proxy: 'socks5://u:${WORD}@tor:9050'}\n"
    after = FEED.format(
        "tags: x\n    mirrors: 'https://${WORD}.example'\n    headers: {X: '${WORD}'}\n"
        "    auth: {user: a, password: '${WORD}'}"
    )
    said = changes(good(before, WORD=CANARY), good(after, WORD=CANARY))
    assert said == (
        "settings.proxy: socks5://u:${WORD}@tor:9050 -> none",
        "feed a.example changed: mirrors, headers, auth",
    )
    alone = FEED.format("tags: x\n    proxy: none") + "settings: {proxy: 'socks5://tor:9050'}\n"
    shared = FEED.format("tags: x") + "settings: {proxy: 'socks5://tor:9050'}\n"
    assert changes(good(shared), good(alone)) == ("feed a.example changed: proxy",)

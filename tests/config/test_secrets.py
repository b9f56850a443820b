"""Secrets get into addresses, and never into anything that is shown."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.config import Loaded, changes
from monitor.model.configuration import Configuration, Problem

CANARY = "hunter2canary"
WATCH = "watchlists: [army]\n"


def test_filled_in(good: Callable[..., Configuration], tmp_path: Path) -> None:
    """Variables and files fill in the whole address or a part; a lone dollar stays."""
    (tmp_path / "word").write_text(f"{CANARY}\r\n")
    text = (
        "feeds: https://press:${WORD}@news.example/rss?a=$b\n"
        "receivers: {desk: '${URL}', mail: 'mailto://me:${file:word}@mail.example?x=$$'}\n"
    )
    found = good(text + WATCH, WORD=CANARY, URL="tgram://1/2")
    assert [found.feeds[0].url.reveal(), *(each.url.reveal() for each in found.receivers)] == [
        f"https://press:{CANARY}@news.example/rss?a=$b",
        "tgram://1/2",
        f"mailto://me:{CANARY}@mail.example?x=$$",
    ]


@pytest.mark.parametrize(
    ("written", "shown", "name"),
    [
        ("https://press:${WORD}@news.example/rss", "https://press:${WORD}@news.example/rss", "news.example"),
        ("https://${WORD}@news.example/rss", "https://${WORD}@news.example/rss", "news.example"),
        ("https://u:${file:/x/y}@news.example/", "https://u:${file:/x/y}@news.example/", "news.example"),
        ("https://u:a${WORD}@news.example/rss", "https://u:***@news.example/rss", "news.example"),
        (f"https://u:{CANARY}@news.example/rss", "https://u:***@news.example/rss", "news.example"),
        (f"https://u:a@{CANARY}@news.example/rss", "https://u:***@news.example/rss", "news.example"),
        (f"https://{CANARY}@www.news.example/rss", "https://***@www.news.example/rss", "news.example"),
        ("https://news.example/@user", "https://news.example/@user", "news.example"),
        ("https://news.example/${WORD}/rss", "https://news.example/${WORD}/rss", "news.example"),
        ("https://${WORD}.example/rss", "https://${WORD}.example/rss", "word.example"),
        ("${URL}", "${URL}", "url"),
    ],
)  # fmt: skip
def test_what_is_shown_of_a_feed(
    good: Callable[..., Configuration], tmp_path: Path, written: str, shown: str, name: str
) -> None:
    """A feed is shown as it was written, with passwords and tokens masked; its name holds none either."""
    (tmp_path / "y").write_text(CANARY)
    written, shown = (text.replace("/x/y", str(tmp_path / "y")) for text in (written, shown))
    (feed,) = good(f"feeds: {written}\n{WATCH}notify: terminal://", WORD=CANARY, URL=f"https://{CANARY}.example/").feeds
    assert (shown, name) == (feed.shown_url, feed.name)
    assert CANARY not in repr(feed)
    assert CANARY in feed.url.reveal() or "@user" in written


SPOILT = [
    "feeds: nowhere-{}\n",
    "feeds: ftp://u:{}@a.example\n",
    "feeds: https://u:p/{}@a.example\n",
    "feeds: [https://u:{0}@a.example/x, {{url: https://u:{0}@a.example/x}}]\n",
    "feeds: [https://u:{0}@a.example/x, https://u:{0}@a.example/x]\n",
    "feeds: {{https://u:{}@a.example/x: A}}\n",
    "feeds: {{A: {{adress: https://u:{}@a.example/x}}}}\n",
    "feeds: {{url: https://a.example, name: https://{}@a.example}}\n",
    "receivers: {{desk: '{}'}}\n",
    "receivers: {{tgram://{}/1: desk}}\n",
    "receivers: {{desk: {{uri: tgram://{}/1}}}}\n",
    "receivers: {{desk: {{url: ' tgram://{}/1'}}}}\n",
    "notify: [tgram://{0}/1, tgram://{0}/1]\n",
    "notify: tgram://${{NOPE}}{}\n",
    "notify: '{}\n",
    'notify: "tgram://{}/1" x\n',
    "notify: *tgram://{}/1\n",
    "notify: @tgram://{}/1\n",
    "notify: tgram: //{}: b\n",
    "notify: [tgram://{}/1\n",
    "watchlists: {{a: {{any: b, notify: tgram://{}/1}}}}\n",
    "watchlists: {{a: {{any: b, feeds: https://u:{}@a.example/1}}}}\n",
    "watchlists: [tgram://{}/1: b]\n",
    "settings: {{every: '${{WORD}}', timezone: '${{WORD}}', first_run: '${{WORD}}', data: '~${{WORD}}/x'}}\n",
    "settings: {{allow_private: 'a b${{WORD}}', retry: '${{WORD}}'}}\n",
]


@pytest.mark.parametrize("spoilt", SPOILT)
def test_mistakes_show_no_secret(
    check: Callable[..., Loaded | tuple[Problem, ...]], caplog: pytest.LogCaptureFixture, spoilt: str
) -> None:
    """Whatever is wrong with an address, no message, hint or log shows what is secret in it."""
    caplog.set_level(logging.DEBUG)
    good = {"feeds": "feeds: [https://good.example]\n", "notify": "notify: terminal://\n", "watchlists": WATCH}
    for secret, environ in ((CANARY, {}), ("${WORD}", {"WORD": CANARY}), ("${WORD}", {"WORD": f"{CANARY} \n"})):
        text = spoilt.format(secret)
        section = spoilt.partition(":")[0].replace("receivers", "notify")
        result = check("".join(good[key] for key in good if key != section) + text, **{"WORD": CANARY, **environ})
        assert not isinstance(result, Loaded)
        assert CANARY not in repr(result) + "".join(map(str, result)) + caplog.text


def test_nothing_shows_a_secret(
    good: Callable[..., Configuration], check: Callable[..., Loaded | tuple[Problem, ...]]
) -> None:
    """Neither a configuration printed whole, nor what a reload says, shows a secret."""
    text = f"feeds: ['https://u:${{WORD}}@a.example/', 'https://a.example/x?k=${{WORD}}']\n{WATCH}notify: tgram://${{WORD}}/1\n"
    result = check(text, WORD=CANARY)
    said = changes(good(text, WORD="another"), good(text, WORD=CANARY))
    assert isinstance(result, Loaded)
    assert CANARY not in f"{result} {result!r} {said}"
    assert set(said) == {
        "receiver default changed: url",
        "feed a.example changed: url",
        "feed a.example/x changed: url",
    }


@pytest.mark.parametrize(
    ("raw", "message"),
    [(b"", "is empty"), (b"a\nb", "line break"), (b"\xff", "not text in UTF-8"), (b"x" * 70_000, "too large")],
)
def test_spoilt_secret_files(bad: Callable[..., tuple[Problem, ...]], tmp_path: Path, raw: bytes, message: str) -> None:
    """A secret's file that can not be meant is refused at its place."""
    (tmp_path / "word").write_bytes(raw)
    (problem,) = bad(f"feeds: https://a.example\n{WATCH}notify: a://${{file:word}}\n")
    assert (problem.line, problem.column) == (3, 13)
    assert message in problem.message


def test_secret_file_out_of_reach(bad: Callable[..., tuple[Problem, ...]]) -> None:
    """A secret's file whose name the system does not take is told at its place."""
    (problem,) = bad(f"feeds: https://a.example\n{WATCH}notify: a://${{file:{'x' * 5000}}}\n")
    assert (problem.line, problem.column) == (3, 13)

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from monitor.model.alert import Template
from monitor.model.configuration import Configuration, Problem

Good = Callable[..., Configuration]
Bad = Callable[..., tuple[Problem, ...]]

HEAD = "feeds: [https://a.example/rss]\nwatchlists: [mobilized]\nreceivers:\n  desk:\n    url: json://x\n"


def template(text: str) -> str:
    return f"{HEAD}    template: {dedent(text)}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"{{ title }} {{ link }}"', Template(body="{{ title }} {{ link }}")),
        (
            "{title: '{{ feed }}', body: \"{{ title }}\\n{{ link }}\"}",
            Template(title="{{ feed }}", body="{{ title }}\n{{ link }}"),
        ),
        ("|\n      {{ feed }}\n\n      {{ link }}\n", Template(body="{{ feed }}\n\n{{ link }}\n")),
        ("{title: New}", Template(title="New")),
    ],
)
def test_template(good: Good, text: str, words: Template) -> None:
    """A template is a text, on one line or many, for the body; or for title, body or both."""
    (receiver,) = good(template(text)).receivers
    assert words == receiver.template


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ('"{{ title }} {{ lnk }}"', (6, 31), "there is no variable 'lnk'"),
        ("|\n      {{ feed }}\n        {{ lnk }}\n", (8, 12), "there is no variable 'lnk'"),
        ("|\n\n\n      {{ feed }}{{ lnk }}\n", (9, 20), "there is no variable 'lnk'"),
        ("{title: '{{ feed }}', body: '{{ lnk }}'}", (6, 47), "there is no variable 'lnk'"),
        ("{title: '{{ feed'}", (6, 24), "unexpected end of template"),
        ("{{ title }}", (6, 15), "YAML takes { for them"),
        ("{body: {{ title }}}", (6, 22), "YAML takes { for them"),
        ("{titel: New}", (6, 16), 'a template has no key "titel"'),
        ("", (6, 14), "nothing stands here"),
        ('" "', (6, 16), "it says nothing"),
        ("[a, b]", (6, 15), "a list stands here"),
        ("x\n      y", (6, 15), "goes on in the next line"),
        (f'"{"x" * 6000}"', (6, 16), "more than 5000 characters"),
    ],
)
def test_mistake(bad: Bad, text: str, place: tuple[int, int], said: str) -> None:
    """A template that can not work is an error with its line and column in the file."""
    (problem,) = bad(template(text))
    assert said in problem.message
    assert place == (problem.line, problem.column)


def test_own_files(good: Good, tmp_path: Path) -> None:
    """A template may stand in a file beside the configuration, for one alert and for several."""
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "alert.txt").write_text("{{ title }}\n{{ link }}\n", "utf-8")
    (tmp_path / "words" / "digest.txt").write_text("{% for alert in alerts %}{{ alert.title }}{% endfor %}", "utf-8")
    (receiver,) = good(template("{file: words/alert.txt}")).receivers
    assert receiver.template == Template(body="{{ title }}\n{{ link }}\n")
    both = "{body: {file: words/alert.txt}, digest: {file: words/digest.txt}, digest_title: '{{ why }}!'}"
    (receiver,) = good(template(both)).receivers
    digest = Template(
        body="{{ title }}\n{{ link }}\n",
        digest="{% for alert in alerts %}{{ alert.title }}{% endfor %}",
        digest_title="{{ why }}!",
    )
    assert receiver.template == digest


@pytest.mark.parametrize(
    ("contents", "file", "place", "said"),
    [
        (b"{{ feed }}\n  {{ lnk }}", "words.txt", (2, 6), "there is no variable 'lnk'"),
        (b"{% for x in alerts %}{{ x.id }}{% endfor %}", "words.txt", (1, 13), "there is no variable 'alerts'"),
        (b"x" * 5001, "words.txt", (1, 1), "more than 5000 characters"),
        (b"\xff", "config.yaml", (6, 22), "is not text in UTF-8"),
        (None, "config.yaml", (6, 22), "there is no file"),
    ],
)
def test_mistake_in_file(
    bad: Bad, tmp_path: Path, contents: bytes | None, file: str, place: tuple[int, int], said: str
) -> None:
    """A template's file that is missing, or can not work, is an error with the place where it has to be mended."""
    if contents is not None:
        (tmp_path / "words.txt").write_bytes(contents)
    (problem,) = bad(template("{file: words.txt}"))
    assert said in problem.message
    assert ((tmp_path / file).name, place) == (Path(problem.file).name, (problem.line, problem.column))


def test_mistake_in_digest(bad: Bad) -> None:
    """A digest's template that can not work is an error, too, also where it fails for what has little only."""
    for text, said in (
        ("{{ title }}", "there is no variable 'title'"),
        ("{% for alert in alerts %}{{ alert.titel }}{% endfor %}", "no attribute 'titel'"),
        ("{{ alerts[1].title }}", "no element 1"),
        ("{% for notice in notices %}{{ notice.title }}{% endfor %}", "it says nothing"),
        ("{{ alerts[0].__class__ }}", "unsafe"),
    ):
        (problem,) = bad(template(f"{{digest: '{text}'}}"))
        assert said in problem.message

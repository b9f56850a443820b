from collections.abc import Callable
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
        (f'"{"x" * 6000}"', (6, 15), "more than 5000 characters"),
    ],
)
def test_mistake(bad: Bad, text: str, place: tuple[int, int], said: str) -> None:
    """A template that can not work is an error with its line and column in the file."""
    (problem,) = bad(template(text))
    assert said in problem.message
    assert place == (problem.line, problem.column)

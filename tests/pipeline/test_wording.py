"""An alert in the words of its receiver, and what happens when these fail."""

from datetime import UTC

import structlog

from monitor import render
from monitor.model.alert import Receiver, Template
from monitor.model.entry import Entry
from monitor.model.secret import Secret
from monitor.pipeline.wording import told
from tests.render.builders import alert


def _receiver(template: Template | None = None) -> Receiver:
    return Receiver(name="desk", url=Secret("json://x"), template=template)


def test_own_words() -> None:
    """A receiver with a template gets its words, one without gets ours."""
    mine = told(_receiver(Template(title="New: {{ title }}")), alert(), timezone=UTC)
    assert mine.title == "New: Relatives of Mobilized Russian Soldiers Protest"
    assert render.alert(alert(), timezone=UTC) == told(_receiver(), alert(), timezone=UTC)


def test_words_that_fail() -> None:
    """An alert that a template fails on goes out in our words, and the log says so: none is lost."""
    odd = alert(Entry(title="t"))
    with structlog.testing.capture_logs() as logged:
        note = told(_receiver(Template(body="{{ excerpts[0] }}")), odd, timezone=UTC)
    assert render.alert(odd, timezone=UTC) == note
    assert [(each["event"], each["receiver"], each["alert"]) for each in logged] == [("template failed", "desk", 1234)]

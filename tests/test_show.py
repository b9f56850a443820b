"""How lists look on a terminal."""

import pytest

from monitor.cli.show import WIDEST, table


def test_a_cell_shows_what_it_holds(capsys: pytest.CaptureFixture[str]) -> None:
    """R45: a title can neither turn the text around, nor steer the terminal, nor fill it."""
    table(("title",), [["mobil\u202eized\x1b[31m\nnow"], ["A" * 1_000_000]], empty="nothing")
    said = capsys.readouterr().out
    assert "mobilized[31mnow" in said
    assert 0 < said.count("A") <= WIDEST

"""A command line in this process, and a configuration to call it with."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from typer.testing import CliRunner, Result

from monitor.cli.app import app

Call: TypeAlias = Callable[..., Result]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Two watchlists, one of them for one of two feeds."""
    path = tmp_path / "config.yaml"
    path.write_text(
        "feeds:\n"
        "  paper: https://paper.example/rss\n"
        "  times: {url: https://times.example/rss, language: fr}\n"
        "watchlists:\n"
        "  draft: {any: [mobilized, foreign agent], none: [football]}\n"
        "  sport: {any: [football], feeds: [times]}\n"
        "notify: terminal://\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def call(config: Path) -> Call:
    """Call a command; `stdin` is text or bytes, `env` what is in its environment beside the usual."""

    def called(*words: str, stdin: str | bytes = "", env: dict[str, str] | None = None) -> Result:
        return CliRunner().invoke(app, ["--config", str(config), *words], input=stdin, env=env)

    return called

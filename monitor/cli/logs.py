"""How the log looks: readable on a terminal, one JSON object a line with `--log-format json`. It goes to stderr."""

import logging
import sys
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor

#: Characters of one value, at most: a feed's titles do not fill the disk.
LONGEST = 500


class LogFormat(StrEnum):
    """The two shapes of the log."""

    TEXT = "text"
    JSON = "json"


def configure(form: LogFormat, *, verbose: bool, quiet: bool = False) -> None:
    """Set up logging for this process: `verbose` adds every poll, `quiet` leaves errors only.

    Other libraries' warnings come out in the same shape.
    """
    import structlog

    level = logging.DEBUG if verbose else logging.ERROR if quiet else logging.INFO
    shared: list[Processor] = [
        _cut,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: Processor = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(),
        exception_formatter=structlog.dev.plain_traceback,  # its default shows variables, and secrets with them
    )
    if form is LogFormat.JSON:
        shared.append(structlog.processors.format_exc_info)
        last = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[*shared, last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=last, foreign_pre_chain=shared))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def _cut(_logger: object, _method: str, event: "EventDict") -> "EventDict":
    return {
        key: f"{value[:LONGEST]}…" if isinstance(value, str) and len(value) > LONGEST else value
        for key, value in event.items()
    }

"""The one tree of errors. A class's docstring is its message; `retryable` says if trying again helps."""

from typing import ClassVar


class MonitorError(Exception):
    """Something went wrong."""

    retryable: ClassVar[bool] = False

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (type(self).__doc__ or "").strip())


class TermInvalid(MonitorError):
    """This term can not be used.

    `column` counts from 0 within the term; `hint` says what to write instead.
    """

    def __init__(self, message: str, *, column: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.column = column
        self.hint = hint


class TemplateInvalid(MonitorError):
    """This template can not be used.

    `line` counts from 1 and `column` from 0 within it; `hint` says what to write instead.
    """

    def __init__(self, message: str, *, line: int = 1, column: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.column = column
        self.hint = hint


class AlreadyRunning(MonitorError):
    """Another rss-monitor is using this data directory."""


class StoreUnavailable(MonitorError):
    """The database can not be used now: locked, or the disk is full."""

    retryable = True


class StoreDamaged(MonitorError):
    """The database is damaged, or not ours."""


class SchemaTooNew(MonitorError):
    """A newer rss-monitor wrote this database; this version would not understand it."""


class ChildFailed(MonitorError):
    """A child process died, or took too long and was killed."""

    retryable = True

"""The command line: what to do, for whom to print; the work itself is done below."""

import sys


def main() -> None:
    """Run the command line and exit with its code; imported late, so that child processes start light."""
    from monitor.cli.app import run

    sys.exit(run())

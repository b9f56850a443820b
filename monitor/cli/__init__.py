"""The command line."""


def main() -> None:
    """Run the command line; imported late, so that child processes start light."""
    from monitor.cli.app import app

    app()

"""`python -m monitor` is the command `rss-monitor`."""

from monitor.cli import main

if __name__ == "__main__":
    main()

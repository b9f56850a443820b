"""A program whose child process is at something that has no end."""

import asyncio
import sys

from monitor.child import Child

SECONDS = 2


def spin(word: str) -> None:
    """Say that it has begun, and never end."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()
    while True:
        pass


async def main() -> None:
    await Child(spin).call("begun", seconds=SECONDS)


if __name__ == "__main__":
    asyncio.run(main())

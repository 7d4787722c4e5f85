"""Entry point of ``python -m andamio_emulator``."""

import sys

from andamio_emulator.server import main

if __name__ == "__main__":
    sys.exit(main())

"""What the extension remembers: everything that Terraform sets and reads back, and that moto has no place for.

It is kept as AWS keeps it: by account, and by region where the service has regions. ``/moto-api/reset`` empties it.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import Any

GLOBAL = ""


class Store:
    """Tables (plain dictionaries), one for each account, region, service and kind of thing."""

    def __init__(self) -> None:
        # Held while a patch runs. Reentrant, because a patch may call another.
        self.lock = threading.RLock()
        self._tables: defaultdict[tuple[str, str, str, str], dict[Any, Any]] = defaultdict(dict)

    def table(self, account: str, region: str, service: str, kind: str) -> dict[Any, Any]:
        """The table of one kind; made when it is first asked for. Region ``GLOBAL`` for services without regions."""
        return self._tables[(account, region, service, kind)]

    def clear(self) -> None:
        with self.lock:
            self._tables.clear()


STORE = Store()

"""Takes what is on a stick and puts it into force, in a process of its own that a test may kill."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from checkpoint_client.store.reference import Reference
from checkpoint_client.vault.device import DeviceKey
from sync.lists import Lists, Place
from tests.listpost import KEY


def main(folder: Path, stick: Path) -> None:
    place = Place(
        folder=folder / "lists",
        root=(stick / "checkpoint-reference" / "metadata" / "1.root.json").read_bytes(),
        device=DeviceKey.load(folder / "device.key"),
        reference=lambda: Reference.open(folder / "reference.db", bytearray(KEY)),
        is_locked=lambda: False,
    )
    lists = Lists(place, now=lambda: datetime.now(UTC))
    print("begun", flush=True)
    lists.put_into_force()
    lists.take_stick(stick, lambda *_: None)
    print("brought", flush=True)
    lists.put_into_force()
    print("in force", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""Whatever comes from outside is read, or refused in the ways that are declared."""

from contextlib import suppress

import pytest

from checkpoint_client.settings import Settings
from tests.fuzz import Found, Reader, hunt, in_processes
from tests.readers import READERS

SECONDS_EACH = 0.8

ALERT = b'{"id":"A-1","list_id":"UT","category":"REFUSE_ENTRY","action":"REFUSE","names":["X"]'
FOUND = {
    "a body nested without end": ("body", b'{"id":"' + b"x" * 36 + b'","record":' + b"[" * 2_000),
    "a member that is not UTF-8": ("alerts", ALERT + b',"na\x80":1}'),
    "an envelope nested without end": ("envelope", b'{"kind":"envelope","content":' + b"[" * 2_000),
    "settings nested without end": ("settings", b"exchanges = " + b"[" * 2_000),
}
"""What the fuzzing met once, by its reader."""

UNSIGNED = ("order", "wipe_report")
"""Whose honest examples nobody has signed who may."""


@pytest.fixture(scope="module")
def found() -> dict[str, Found]:
    results = in_processes(list(READERS), seconds=SECONDS_EACH, seed=1)
    return dict(zip(READERS, results, strict=True))


@pytest.mark.parametrize("name", READERS)
def test_whatever_comes_is_read_or_refused_as_declared(found: dict[str, Found], name: str) -> None:
    assert found[name].crash == "", found[name].content.hex()
    assert found[name].inputs > len(READERS[name]().honest)
    assert found[name].places > 1


@pytest.mark.parametrize("name", READERS)
def test_what_is_honest_is_read(name: str) -> None:
    reader = READERS[name]()

    if name not in UNSIGNED:
        reader.read(reader.honest[0])
    else:
        with pytest.raises(reader.refuses):
            reader.read(reader.honest[0])


@pytest.mark.parametrize(("name", "content"), FOUND.values(), ids=FOUND)
def test_what_was_found_once_is_refused(name: str, content: bytes) -> None:
    reader = READERS[name]()

    with suppress(*reader.refuses):
        assert not isinstance(reader.read(content), Settings)


def test_a_reader_that_stumbles_is_found() -> None:
    stumbles = Reader(name="stumbles", honest=[b"words"], read=lambda content: content.decode())

    found = hunt(stumbles, seconds=5, seed=1)

    assert found.crash.startswith("UnicodeDecodeError")
    with pytest.raises(UnicodeDecodeError):
        found.content.decode()

"""The workstation's own key: kept whole through power cuts, full disks and two programs at once."""

import resource
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkpoint_client.journal import signatures
from checkpoint_client.vault import sealing
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import AlreadyThere, CannotOpen, Damaged, NewerFile
from checkpoint_client.vault.private_file import PrivateFile

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "device.key"


@pytest.fixture
def device(path: Path) -> DeviceKey:
    return DeviceKey.create(path, deployment="utopia", workstation="osh-01", post="OSH")


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may grow past a few bytes, as the system itself enforces it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_the_same_workstation_comes_back_after_a_restart(device: DeviceKey, path: Path) -> None:
    again = DeviceKey.load(path)

    assert (again.state, again.public, again.receive_public) == (
        device.state,
        device.public,
        device.receive_public,
    )
    assert (again.state.workstation, again.state.incarnation) == ("osh-01", 1)


def test_what_it_signs_is_checked_with_its_public_key(device: DeviceKey) -> None:
    signature = device.sign(b"head 1")

    assert signatures.is_valid(device.public, signature, b"head 1")
    assert not signatures.is_valid(device.public, signature, b"head 2")


def test_it_opens_what_was_sealed_for_it_and_nothing_else(device: DeviceKey) -> None:
    sealed = sealing.seal(device.receive_public, b"channel", b"key of the watch-list")
    elsewhere = sealing.seal(sealing.public_of(sealing.new_private()), b"channel", b"key")

    assert device.open(b"channel", sealed) == b"key of the watch-list"
    with pytest.raises(CannotOpen):
        device.open(b"channel", elsewhere)


def test_what_it_remembers_is_on_disk_when_the_call_returns(device: DeviceKey, path: Path) -> None:
    device.update(
        contact_counter=7,
        ratchet=b"issued by the server",
        journal_position=120,
        server_key=bytes(range(32)),
        channel_keys={"watchlist": bytes(32)},
        last_server_time=NOON,
    )

    state = DeviceKey.load(path).state
    assert (state.contact_counter, state.ratchet) == (7, b"issued by the server")
    assert (state.journal_position, state.server_key) == (120, bytes(range(32)))
    assert (state.channel_keys, state.last_server_time) == ({"watchlist": bytes(32)}, NOON)


def test_the_command_line_and_the_window_do_not_undo_each_others_changes(
    device: DeviceKey, path: Path
) -> None:
    command_line = DeviceKey.load(path)
    command_line.update(journal_position=500)
    device.update(contact_counter=8)

    state = DeviceKey.load(path).state
    assert (state.journal_position, state.contact_counter) == (500, 8)


def test_threads_do_not_undo_each_others_changes(device: DeviceKey, path: Path) -> None:
    def record() -> None:
        for position in range(1, 31):
            device.update(journal_position=position)

    def send() -> None:
        for contact in range(1, 31):
            device.update(contact_counter=contact)

    with ThreadPoolExecutor(2) as threads:
        done = [threads.submit(record), threads.submit(send)]
    for job in done:
        job.result()

    state = DeviceKey.load(path).state
    assert (state.journal_position, state.contact_counter) == (30, 30)


def test_a_key_is_never_made_over_another(device: DeviceKey, path: Path) -> None:
    with pytest.raises(AlreadyThere, match=r"device\.key"):
        DeviceKey.create(path, deployment="utopia", workstation="osh-02", post="OSH")

    assert DeviceKey.load(path).public == device.public


def test_only_this_account_reads_it(device: DeviceKey, path: Path) -> None:
    device.update(contact_counter=1)

    assert path.stat().st_mode & 0o777 == 0o600


def test_no_secret_shows_when_the_state_is_printed(device: DeviceKey) -> None:
    device.update(ratchet=b"issued", channel_keys={"watchlist": b"opens the list"})

    assert "issued" not in repr(device.state)
    assert "opens the list" not in repr(device.state)


def test_a_full_disk_leaves_the_old_facts_on_disk_and_in_memory(
    device: DeviceKey, path: Path
) -> None:
    with full_disk(), pytest.raises(OSError, match="File too large"):
        device.update(contact_counter=9)

    assert device.state.contact_counter == DeviceKey.load(path).state.contact_counter == 0


@given(bit=st.integers(min_value=0))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_bit_flipped_anywhere_is_noticed(device: DeviceKey, path: Path, bit: int) -> None:
    sound = path.read_bytes()
    flipped = bytearray(sound)
    flipped[bit // 8 % len(sound)] ^= 1 << bit % 8
    path.write_bytes(flipped)

    with pytest.raises(Damaged):
        device.update(contact_counter=1)
    path.write_bytes(sound)


@pytest.mark.parametrize("content", [b"", b"\xff", b"{}", b"null"])
def test_a_file_that_is_no_key_is_called_damaged(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    with pytest.raises(Damaged, match=r"device\.key was damaged or altered: put it back"):
        DeviceKey.load(path)


def test_a_sound_file_with_the_wrong_content_is_called_damaged(path: Path) -> None:
    PrivateFile(path, "device-key").write(b'{"state":1}')

    with pytest.raises(Damaged):
        DeviceKey.load(path)


def test_a_missing_key_is_called_missing(path: Path) -> None:
    with pytest.raises(Damaged) as damaged:
        DeviceKey.load(path)
    assert damaged.value.reason == "missing"


def test_a_file_of_a_newer_version_is_not_called_damaged(device: DeviceKey, path: Path) -> None:
    PrivateFile(path, "device-key", version=2).write(b"{}")

    with pytest.raises(NewerFile):
        device.update(contact_counter=1)


def test_a_file_of_another_kind_is_no_key(device: DeviceKey, path: Path) -> None:
    content = PrivateFile(path, "device-key").read()
    PrivateFile(path, "envelope").write(content)

    with pytest.raises(Damaged):
        device.update(contact_counter=1)


@pytest.mark.parametrize("seed", ["signing_seed", "receive_seed"])
@pytest.mark.parametrize("size", [0, 31, 33])
@pytest.mark.usefixtures("device")
def test_a_seed_of_another_length_is_damage(path: Path, seed: str, size: int) -> None:
    file = PrivateFile(path, "device-key")
    there = msgspec.json.decode(file.read())
    file.write(msgspec.json.encode(there | {seed: b64encode(bytes(size)).decode()}))

    with pytest.raises(Damaged):
        DeviceKey.load(path)

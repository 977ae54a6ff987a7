"""Pass-phrases to keys: who gets in, who does not, and what a thief finds in the files."""

import resource
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkpoint_client.records.codes import Role
from checkpoint_client.vault import Kdf, NewSlot, Unlocked, Vault, sealing
from checkpoint_client.vault.errors import (
    AlreadyThere,
    CannotOpen,
    Damaged,
    Locked,
    NewerFile,
    NoSuchOfficer,
    OwnSlot,
    SupervisorNeeded,
    Throttled,
    WeakPassphrase,
    WrongPassphrase,
)
from checkpoint_client.vault.private_file import PrivateFile
from checkpoint_client.vault.throttle import FREE_TRIES, LONGEST_WAIT, Throttle

FLOOR = Kdf(memory_kib=19 * 1024, iterations=2, lanes=1)
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SUPERVISOR = ("S-0007", "тёмная река у моста")
OFFICER = ("O-1842", "yellow lorry, cold tea")
HEADQUARTERS = sealing.new_private()
DEVICE_SECRET = b"only this machine knows it"

FORMAT_1 = (
    '{"kind":"envelope","version":1,"content":{"body":{"place":{"deployment":"utopia","workst'
    'ation":"osh-01"},"counter":1,"slots":[{"header":{"place":{"deployment":"utopia","worksta'
    'tion":"osh-01"},"service_number":"S-0007","role":"SUPERVISOR","public":"T3+NRvgPP1UZ/rZm'
    'kmPqZLb24ThtUgEfJD1/yf/dnD0=","kdf":{"memory_kib":19456,"iterations":2,"lanes":1},"salt"'
    ':"Z6/M3Mth7mG2CkTxcNQD4w==","with_device_secret":false},"nonce":"G2rw+QQdlKdHhx1/","box"'
    ':"Ctp4yl2jFjvDnyn5kkjT+FHj6icyzFLFrNcsfi06vWTg2FxJ03MmcKUc5VNToTSA0O0K6dTSlLJ9RSGNv7NVo1'
    'ydx5gNXgQYTPsbj5QMyEIAU3WF3SIVcFEIlHK1QP94"}],"recovery":null},"mac":"VY9E3CzlRzshNQe121'
    'aY3a35WPH6NIUTbWXCpZtlPSM="},"sha256":"ae2b3dbfd7343a6aaf8c7f78528608f2fd7c977f5fd606b9b'
    '62beba060d44568"}'
)
FORMAT_1_KEYS = "b73ac7d40079d60de15a845bd563aad0535c4b912b630df7043a8ffc9deb73fe"


class Clock:
    """A clock that people set."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "envelope.json"


@pytest.fixture
def supervisor(path: Path) -> Unlocked:
    return made(path)


@pytest.fixture
def vault(path: Path, supervisor: Unlocked, clock: Clock) -> Vault:
    assert supervisor.envelope_counter == 1
    return Vault(path, kdf=FLOOR, now=clock)


def made(path: Path, *, secret: bytes = b"") -> Unlocked:
    return Vault.create(
        path,
        deployment="utopia",
        workstation="osh-01",
        recovery_key=sealing.public_of(HEADQUARTERS),
        first=NewSlot.fresh(SUPERVISOR[0], Role.SUPERVISOR, SUPERVISOR[1]),
        others=[NewSlot.fresh(OFFICER[0], Role.OFFICER, OFFICER[1])],
        kdf=FLOOR,
        secret=secret,
    )


def seed(unlocked: Unlocked) -> bytes:
    return unlocked.signing_key.private_bytes_raw()


def backup(path: Path) -> Path:
    return path.with_name(path.name + ".bak")


def guess(vault: Vault, times: int, *, number: str = OFFICER[0]) -> None:
    for _ in range(times):
        with pytest.raises(WrongPassphrase):
            vault.unlock(number, "something else entirely")


def forge(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change both copies as somebody would who knows the format, checksum included."""
    for copy in (path, backup(path)):
        file = PrivateFile(copy, "envelope")
        envelope = msgspec.json.decode(file.read())
        change(envelope)
        file.write(msgspec.json.encode(envelope))


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may grow past a few bytes, as the system itself enforces it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


# Getting in


def test_officers_share_the_database_key_and_nothing_else(vault: Vault) -> None:
    one, other = vault.unlock(*SUPERVISOR), vault.unlock(*OFFICER)

    assert one.database_key == other.database_key
    assert len(one.database_key) == 48
    assert one.draft_key != other.draft_key
    assert seed(one) != seed(other)


def test_the_same_keys_come_out_each_time(vault: Vault, supervisor: Unlocked) -> None:
    again = vault.unlock(*SUPERVISOR)

    assert (again.database_key, again.draft_key, seed(again), again.role) == (
        supervisor.database_key,
        supervisor.draft_key,
        seed(supervisor),
        Role.SUPERVISOR,
    )


def test_the_list_at_sign_in_names_officers_with_the_keys_that_check_their_signatures(
    vault: Vault,
) -> None:
    names = vault.officers()

    assert [(name.service_number, name.role) for name in names] == [
        (SUPERVISOR[0], Role.SUPERVISOR),
        (OFFICER[0], Role.OFFICER),
    ]
    key = vault.unlock(*OFFICER).signing_key.public_key()
    assert names[1].public == key.public_bytes_raw()


def test_blanks_round_a_service_number_do_not_count(vault: Vault) -> None:
    assert vault.unlock(f"  {OFFICER[0]}\t", OFFICER[1]).service_number == OFFICER[0]


def test_a_keyboard_that_writes_letters_in_two_characters_opens_the_same_slot(
    path: Path, supervisor: Unlocked
) -> None:
    vault = Vault(path, kdf=FLOOR)
    vault.change_passphrase(supervisor, "зелёный чай и лимон")

    assert vault.unlock(SUPERVISOR[0], "зеле\u0308ныи\u0306 чаи\u0306 и лимон").role == (
        Role.SUPERVISOR
    )


def test_a_blank_at_the_end_of_a_passphrase_was_typed_and_counts(vault: Vault) -> None:
    with pytest.raises(WrongPassphrase):
        vault.unlock(OFFICER[0], OFFICER[1] + " ")


def test_an_unknown_service_number_is_said_so_and_costs_no_try(vault: Vault) -> None:
    with pytest.raises(NoSuchOfficer, match="O-9999"):
        vault.unlock(" O-9999 ", OFFICER[1])

    assert vault.unlock(*OFFICER).role == Role.OFFICER


def test_a_wrong_passphrase_says_how_many_tries_are_left(vault: Vault) -> None:
    guess(vault, 1)

    with pytest.raises(WrongPassphrase) as wrong:
        vault.unlock(OFFICER[0], "something else entirely")
    assert wrong.value.tries_left == FREE_TRIES - 2


def test_a_passphrase_that_is_no_proper_text_is_merely_wrong(vault: Vault) -> None:
    with pytest.raises(WrongPassphrase):
        vault.unlock(OFFICER[0], "\udcff not utf-8 at all")


def test_wiping_zeroes_the_keys_and_may_be_done_twice(vault: Vault) -> None:
    unlocked = vault.unlock(*OFFICER)

    unlocked.wipe()
    unlocked.wipe()

    assert not any(unlocked.database_key)
    assert not any(unlocked.draft_key)
    assert not hasattr(unlocked, "signing_key")


def test_no_key_and_no_passphrase_shows_when_values_are_printed(supervisor: Unlocked) -> None:
    printed = repr(supervisor) + repr(NewSlot.fresh("S-1", Role.AUDITOR, OFFICER[1]))

    assert OFFICER[1] not in printed
    assert repr(bytes(supervisor.database_key))[2:-1] not in printed
    assert "draft_key" not in printed
    assert "signing_key" not in printed


def test_an_envelope_of_format_1_opens_for_ever(path: Path, clock: Clock) -> None:
    path.write_text(FORMAT_1)
    Throttle(path.with_name(path.name + ".tries"), secret=b"", now=clock).start()

    unlocked = Vault(path, now=clock).unlock(*SUPERVISOR)

    keys = sha256(bytes(unlocked.database_key) + bytes(unlocked.draft_key)).hexdigest()
    assert keys == FORMAT_1_KEYS


# Guessing


def test_after_five_wrong_tries_even_the_right_passphrase_waits(vault: Vault, clock: Clock) -> None:
    guess(vault, FREE_TRIES)

    with pytest.raises(Throttled) as throttled:
        vault.unlock(*OFFICER)
    assert throttled.value.until == NOON + timedelta(seconds=30)
    clock.time = throttled.value.until
    assert vault.unlock(*OFFICER).role == Role.OFFICER


def test_waiting_survives_a_restart(vault: Vault, path: Path, clock: Clock) -> None:
    guess(vault, FREE_TRIES)

    with pytest.raises(Throttled):
        Vault(path, now=clock).unlock(*OFFICER)


def test_a_right_passphrase_makes_all_tries_free_again(vault: Vault) -> None:
    guess(vault, FREE_TRIES - 1)
    vault.unlock(*OFFICER)

    guess(vault, FREE_TRIES)


def test_one_officers_mistakes_keep_no_colleague_waiting(vault: Vault) -> None:
    guess(vault, FREE_TRIES)

    assert vault.unlock(*SUPERVISOR).role == Role.SUPERVISOR


def test_each_wait_is_twice_the_last_up_to_a_quarter_of_an_hour(
    tmp_path: Path, clock: Clock
) -> None:
    throttle = Throttle(tmp_path / "tries", secret=b"", now=clock)
    throttle.start()
    waits = []
    for _ in range(FREE_TRIES + 40):
        try:
            throttle.count("O-1842")
        except Throttled as throttled:
            waits.append((throttled.until - clock.time).total_seconds())
            clock.time = throttled.until

    assert waits[:7] == [30, 60, 120, 240, 480, 900, 900]
    assert max(waits) == LONGEST_WAIT.total_seconds()


def test_a_try_counts_even_when_the_plug_is_pulled_before_it_is_judged(
    tmp_path: Path, clock: Clock
) -> None:
    path = tmp_path / "tries"
    Throttle(path, secret=b"", now=clock).start()
    for _ in range(FREE_TRIES):
        Throttle(path, secret=b"", now=clock).count("O-1842")

    with pytest.raises(Throttled):
        Throttle(path, secret=b"", now=clock).count("O-1842")


def test_setting_the_clock_back_starts_the_same_wait_again(vault: Vault, clock: Clock) -> None:
    guess(vault, FREE_TRIES)
    clock.time = NOON - timedelta(days=400)

    with pytest.raises(Throttled):
        vault.unlock(*OFFICER)
    clock.time += timedelta(seconds=29)
    with pytest.raises(Throttled):
        vault.unlock(*OFFICER)
    clock.time += timedelta(seconds=1)
    assert vault.unlock(*OFFICER).role == Role.OFFICER


@given(hours=st.lists(st.integers(-50_000, 50_000), max_size=12))
def test_no_clock_however_wrong_makes_anyone_wait_longer_than_a_quarter_of_an_hour(
    tmp_path_factory: pytest.TempPathFactory, hours: list[int]
) -> None:
    clock = Clock()
    throttle = Throttle(tmp_path_factory.mktemp("post") / "tries", secret=b"", now=clock)
    throttle.start()
    for _ in range(FREE_TRIES):
        throttle.count("O-1842")

    for hour in hours:
        clock.time = NOON + timedelta(hours=hour)
        with suppress(Throttled):
            throttle.count("O-1842")
    clock.time += LONGEST_WAIT

    assert throttle.count("O-1842") == 0


@pytest.mark.parametrize("content", [None, b"", b"{}", b'{"kind":"tries"'])
def test_a_counter_that_is_missing_or_damaged_counts_as_all_tries_used(
    vault: Vault, path: Path, clock: Clock, content: bytes | None
) -> None:
    tries = path.with_name(path.name + ".tries")
    tries.unlink()
    if content is not None:
        tries.write_bytes(content)

    with pytest.raises(Throttled):
        vault.unlock(*OFFICER)
    clock.time += timedelta(seconds=30)
    assert vault.unlock(*OFFICER).role == Role.OFFICER


def test_a_counter_forged_without_the_devices_secret_counts_as_all_tries_used(
    tmp_path: Path, clock: Clock
) -> None:
    path = tmp_path / "tries"
    Throttle(path, secret=b"guessed", now=clock).start()

    with pytest.raises(Throttled):
        Throttle(path, secret=DEVICE_SECRET, now=clock).count("O-1842")


# Changing who gets in


def test_a_supervisor_lets_a_new_officer_in(vault: Vault, supervisor: Unlocked) -> None:
    counter = vault.add(supervisor, NewSlot.fresh(" O-2000 ", Role.SECOND_LINE, "forty grey geese"))

    new = vault.unlock("O-2000", "forty grey geese")
    assert (new.role, new.envelope_counter, counter) == (Role.SECOND_LINE, 2, 2)
    assert new.database_key == supervisor.database_key


def test_an_officer_lets_nobody_in_and_removes_nobody(vault: Vault) -> None:
    officer = vault.unlock(*OFFICER)

    with pytest.raises(SupervisorNeeded):
        vault.add(officer, NewSlot.fresh("O-2000", Role.SUPERVISOR, "forty grey geese"))
    with pytest.raises(SupervisorNeeded):
        vault.remove(officer, SUPERVISOR[0])
    assert len(vault.officers()) == 2


def test_a_role_written_over_in_memory_gives_no_power(vault: Vault) -> None:
    officer = vault.unlock(*OFFICER)
    officer.role = Role.SUPERVISOR

    with pytest.raises(SupervisorNeeded):
        vault.remove(officer, SUPERVISOR[0])


def test_a_service_number_has_one_slot(vault: Vault, supervisor: Unlocked) -> None:
    with pytest.raises(AlreadyThere, match=OFFICER[0]):
        vault.add(supervisor, NewSlot.fresh(OFFICER[0], Role.AUDITOR, "forty grey geese"))


def test_a_removed_officer_is_known_no_more(vault: Vault, supervisor: Unlocked) -> None:
    vault.remove(supervisor, OFFICER[0])

    with pytest.raises(NoSuchOfficer):
        vault.unlock(*OFFICER)


def test_a_supervisor_removed_meanwhile_has_no_say(vault: Vault, supervisor: Unlocked) -> None:
    vault.add(supervisor, NewSlot.fresh("S-0008", Role.SUPERVISOR, "forty grey geese"))
    vault.remove(vault.unlock("S-0008", "forty grey geese"), SUPERVISOR[0])

    with pytest.raises(NoSuchOfficer):
        vault.remove(supervisor, OFFICER[0])


def test_nobody_removes_himself(vault: Vault, supervisor: Unlocked) -> None:
    with pytest.raises(OwnSlot):
        vault.remove(supervisor, SUPERVISOR[0])


def test_a_changed_passphrase_opens_the_same_keys_and_the_old_one_nothing(vault: Vault) -> None:
    before = vault.unlock(*OFFICER)
    vault.change_passphrase(before, "seven brown horses")

    with pytest.raises(WrongPassphrase):
        vault.unlock(*OFFICER)
    after = vault.unlock(OFFICER[0], "seven brown horses")
    assert (after.database_key, seed(after)) == (before.database_key, seed(before))
    assert after.envelope_counter == 2


def test_a_locked_session_changes_nothing(vault: Vault, supervisor: Unlocked) -> None:
    supervisor.wipe()

    with pytest.raises(Locked):
        vault.add(supervisor, NewSlot.fresh("O-2000", Role.OFFICER, "forty grey geese"))


def test_an_envelope_is_never_made_over_another(path: Path, supervisor: Unlocked) -> None:
    with pytest.raises(AlreadyThere):
        made(path)

    assert Vault(path).unlock(*SUPERVISOR).database_key == supervisor.database_key


@pytest.mark.parametrize(
    ("passphrase", "code"),
    [
        ("", "too-short"),
        ("elevenchars", "too-short"),
        ("е\u0308" * 6 + "abcde", "too-short"),
        (" " * 40, "too-plain"),
        ("abababababab", "too-plain"),
    ],
)
def test_a_passphrase_that_is_easy_to_guess_is_refused(passphrase: str, code: str) -> None:
    with pytest.raises(WeakPassphrase) as weak:
        NewSlot.fresh("O-2000", Role.OFFICER, passphrase)
    assert weak.value.code == code


def test_a_refused_change_leaves_the_old_passphrase(vault: Vault) -> None:
    with pytest.raises(WeakPassphrase):
        vault.change_passphrase(vault.unlock(*OFFICER), "short")

    assert vault.unlock(*OFFICER).envelope_counter == 1


@pytest.mark.parametrize("number", ["", "  \t"])
def test_a_slot_needs_a_service_number(number: str) -> None:
    with pytest.raises(ValueError, match="service number"):
        NewSlot.fresh(number, Role.OFFICER, OFFICER[1])


# Headquarters


def test_headquarters_recovers_the_database_key_and_nobody_else(
    vault: Vault, supervisor: Unlocked
) -> None:
    assert vault.recover(HEADQUARTERS) == supervisor.database_key
    with pytest.raises(CannotOpen):
        vault.recover(sealing.new_private())


def test_a_post_without_headquarters_has_nothing_to_recover(tmp_path: Path) -> None:
    path = tmp_path / "alone.json"
    Vault.create(
        path,
        deployment="utopia",
        workstation="osh-01",
        recovery_key=None,
        first=NewSlot.fresh(SUPERVISOR[0], Role.SUPERVISOR, SUPERVISOR[1]),
        kdf=FLOOR,
    )

    with pytest.raises(CannotOpen):
        Vault(path).recover(HEADQUARTERS)


# Damage


@given(bit=st.integers(min_value=0), both=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_bit_flipped_anywhere_is_noticed(
    path: Path, vault: Vault, supervisor: Unlocked, bit: int, both: bool
) -> None:
    sound = path.read_bytes()
    flipped = bytearray(sound)
    flipped[bit // 8 % len(sound)] ^= 1 << bit % 8
    path.write_bytes(flipped)
    backup(path).write_bytes(flipped if both else sound)

    if both:
        with pytest.raises(Damaged):
            vault.unlock(*OFFICER)
    else:
        assert vault.unlock(*OFFICER).database_key == supervisor.database_key
        assert path.read_bytes() == sound
    for copy in (path, backup(path)):
        copy.write_bytes(sound)


@pytest.mark.parametrize("left", [None, 0, 1, 400])
def test_the_second_copy_stands_in_for_a_lost_or_cut_first_and_mends_it(
    path: Path, vault: Vault, left: int | None
) -> None:
    sound = path.read_bytes()
    path.unlink() if left is None else path.write_bytes(sound[:left])

    assert vault.unlock(*OFFICER).role == Role.OFFICER
    assert path.read_bytes() == sound


def test_both_copies_lost_is_said_in_a_plain_sentence(path: Path, vault: Vault) -> None:
    path.unlink()
    backup(path).unlink()

    with pytest.raises(Damaged, match=r"envelope\.json is missing: put it back"):
        vault.officers()


@pytest.mark.parametrize("left_behind", ["envelope.json", "envelope.json.bak"])
def test_a_copy_left_behind_by_a_power_cut_loses_nothing_and_is_brought_up(
    path: Path, vault: Vault, supervisor: Unlocked, left_behind: str
) -> None:
    older = path.read_bytes()
    vault.add(supervisor, NewSlot.fresh("O-2000", Role.OFFICER, "forty grey geese"))
    path.with_name(left_behind).write_bytes(older)

    assert vault.unlock("O-2000", "forty grey geese").envelope_counter == 2
    assert backup(path).read_bytes() == path.read_bytes() != older


def test_a_full_disk_leaves_the_old_envelope(
    path: Path, vault: Vault, supervisor: Unlocked
) -> None:
    sound = path.read_bytes()

    with full_disk(), pytest.raises(OSError, match="File too large"):
        vault.add(supervisor, NewSlot.fresh("O-2000", Role.OFFICER, "forty grey geese"))
    assert path.read_bytes() == backup(path).read_bytes() == sound
    assert not path.with_name(path.name + ".new").exists()


def test_what_a_crash_left_half_written_is_in_nobodys_way(
    path: Path, vault: Vault, supervisor: Unlocked
) -> None:
    path.with_name(path.name + ".new").write_bytes(b'{"kind":"env')

    assert vault.add(supervisor, NewSlot.fresh("O-2000", Role.OFFICER, "forty grey geese")) == 2


def test_a_file_of_a_newer_version_is_not_called_damaged(path: Path, vault: Vault) -> None:
    PrivateFile(path, "envelope", version=2).write(b"{}")

    with pytest.raises(NewerFile, match="newer version"):
        vault.officers()


# Attack


def test_a_role_forged_in_the_file_opens_nothing(path: Path, vault: Vault) -> None:
    def promote(envelope: dict[str, Any]) -> None:
        envelope["body"]["slots"][1]["header"]["role"] = "SUPERVISOR"

    forge(path, promote)

    with pytest.raises(WrongPassphrase):
        vault.unlock(*OFFICER)


def test_a_slot_hidden_or_put_back_in_the_file_is_noticed(path: Path, vault: Vault) -> None:
    forge(path, lambda envelope: envelope["body"]["slots"].pop(0))

    with pytest.raises(Damaged):
        vault.unlock(*OFFICER)


def test_a_counter_forged_in_the_file_is_noticed(path: Path, vault: Vault) -> None:
    forge(path, lambda envelope: envelope["body"].update(counter=99))

    with pytest.raises(Damaged):
        vault.unlock(*OFFICER)


@pytest.mark.parametrize(
    "weaker",
    [
        {"memory_kib": 8, "iterations": 2, "lanes": 1},
        {"memory_kib": 19 * 1024, "iterations": 1, "lanes": 1},
        {"memory_kib": 19 * 1024, "iterations": 2, "lanes": 0},
        {"memory_kib": 64 * 1024 * 1024, "iterations": 3, "lanes": 4},
        {"memory_kib": 64 * 1024, "iterations": 10**9, "lanes": 4},
    ],
)
def test_a_derivation_made_too_cheap_or_too_dear_is_refused_before_it_starts(
    path: Path, vault: Vault, weaker: dict[str, int]
) -> None:
    forge(path, lambda envelope: envelope["body"]["slots"][1]["header"].update(kdf=weaker))
    tries = path.with_name(path.name + ".tries").read_bytes()

    with pytest.raises(Damaged):
        vault.unlock(*OFFICER)
    assert path.with_name(path.name + ".tries").read_bytes() == tries
    with pytest.raises(ValueError, match="out of bounds"):
        Kdf(**weaker)


def test_a_derivation_changed_within_bounds_opens_nothing(path: Path, vault: Vault) -> None:
    def cheapen(envelope: dict[str, Any]) -> None:
        envelope["body"]["slots"][1]["header"]["kdf"]["iterations"] = 3

    forge(path, cheapen)

    with pytest.raises(WrongPassphrase):
        vault.unlock(*OFFICER)


def test_an_old_envelope_put_back_shows_by_its_counter(
    path: Path, vault: Vault, supervisor: Unlocked
) -> None:
    old = path.read_bytes()
    counter = vault.remove(supervisor, OFFICER[0])
    for copy in (path, backup(path)):
        copy.write_bytes(old)

    assert vault.unlock(*OFFICER).envelope_counter < counter


def test_an_envelope_of_another_workstation_gives_no_power_here(
    tmp_path: Path, supervisor: Unlocked
) -> None:
    foreign = tmp_path / "foreign.json"
    made(foreign)

    with pytest.raises(Damaged):
        Vault(foreign, kdf=FLOOR).remove(supervisor, OFFICER[0])


def test_a_slot_bound_to_a_device_opens_nowhere_else(tmp_path: Path) -> None:
    path = tmp_path / "bound.json"
    unlocked = made(path, secret=DEVICE_SECRET)

    assert Vault(path, secret=DEVICE_SECRET).unlock(*OFFICER).database_key == (
        unlocked.database_key
    )
    with pytest.raises(Damaged, match="made on another machine"):
        Vault(path).unlock(*OFFICER)


def test_the_files_hold_no_key_and_no_passphrase_and_only_this_account_reads_them(
    path: Path, vault: Vault, supervisor: Unlocked
) -> None:
    vault.change_passphrase(supervisor, "nine white candles")
    guess(vault, 1)
    officer = vault.unlock(*OFFICER)
    secrets = [
        bytes(supervisor.database_key),
        bytes(supervisor.database_key[:32]),
        bytes(supervisor.draft_key),
        seed(supervisor),
        seed(officer),
    ]
    words = [SUPERVISOR[1], OFFICER[1], "nine white candles", "something else entirely"]

    files = [file for file in path.parent.iterdir() if file.is_file()]
    assert len(files) == 3
    for file in files:
        content = file.read_bytes()
        assert file.stat().st_mode & 0o777 == 0o600
        for secret in secrets:
            assert secret not in content
            assert secret.hex().encode() not in content.lower()
            assert b64encode(secret).rstrip(b"=")[:-1] not in content
        for word in words:
            assert word.encode() not in content
            assert msgspec.json.encode(word)[1:-1] not in content


# Encrypting for the absent


@given(plaintext=st.binary(max_size=300), info=st.binary(max_size=30))
def test_what_is_sealed_opens_for_its_reader_and_purpose_only(
    plaintext: bytes, info: bytes
) -> None:
    sealed = sealing.seal(sealing.public_of(HEADQUARTERS), info, plaintext)

    assert sealing.open_sealed(HEADQUARTERS, info, sealed) == plaintext
    with pytest.raises(CannotOpen):
        sealing.open_sealed(HEADQUARTERS, info + b"!", sealed)
    with pytest.raises(CannotOpen):
        sealing.open_sealed(sealing.new_private(), info, sealed)


@given(bit=st.integers(min_value=0), length=st.integers(0, 80))
def test_what_was_altered_or_cut_on_the_way_does_not_open(bit: int, length: int) -> None:
    sealed = sealing.seal(sealing.public_of(HEADQUARTERS), b"", b"a waiting tail of 32 bytes or so")
    flipped = bytearray(sealed)
    flipped[bit // 8 % len(sealed)] ^= 1 << bit % 8

    for altered in (bytes(flipped), sealed[:length]):
        with pytest.raises(CannotOpen):
            sealing.open_sealed(HEADQUARTERS, b"", altered)


def test_an_officer_may_bring_his_own_signing_key(vault: Vault, supervisor: Unlocked) -> None:
    key = Ed25519PrivateKey.generate()
    new = NewSlot(
        service_number="O-2000",
        role=Role.OFFICER,
        passphrase="forty grey geese",
        signing_key=key,
    )
    vault.add(supervisor, new)

    assert seed(vault.unlock("O-2000", "forty grey geese")) == key.private_bytes_raw()

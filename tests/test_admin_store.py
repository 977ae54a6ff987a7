"""IT's command line at the records: import, proof, rebuilding, and one sentence for what fails."""

import io
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from checkpoint_client.records.codes import Role
from checkpoint_client.settings import Folder
from checkpoint_client.store.engine import connect
from checkpoint_client.store.log import LogQuery
from checkpoint_client.vault.device import DeviceKey
from sync.admin.main import main
from tests.post import NUMBERS, PASSPHRASE, Post

HEADER = "crossed_at,direction,primary_identifier,document_number"
GOOD = (
    "2026-11-20T08:15,ENTRY,IVANOV,A1",
    "20.11.2026 09:00,exit,ПЕТРОВ,",
    '2026-11-20 10:00,ENTRY,"SMITH, JR",B2',
)


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str

    @property
    def taken(self) -> dict[int, str]:
        """Line number and id of every line that was taken."""
        pairs = (line.split("\t") for line in self.out.splitlines())
        return {int(number): id for number, id in pairs}


Run = Callable[..., Ended]


@pytest.fixture
def run(post: Post, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command of `checkpoint-admin` at this workstation; the pass-phrase comes on stdin."""

    def ran(
        command: str,
        *arguments: str,
        who: Role = Role.IT_ADMINISTRATOR,
        passphrase: bytes = PASSPHRASE.encode(),
        data: Path = post.folder.path,
    ) -> Ended:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(passphrase + b"\n")))
        place = ("--data", str(data), "--as", NUMBERS[who], "--passphrase-stdin")
        code = main([command, *arguments, *place])
        printed = capsys.readouterr()
        return Ended(code, printed.out, printed.err)

    return ran


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return written(tmp_path, HEADER, *GOOD)


def written(folder: Path, *lines: str, encoding: str = "utf-8", end: str = "\n") -> Path:
    path = folder / "register.csv"
    path.write_bytes((end.join(lines) + end).encode(encoding))
    return path


def names(post: Post) -> list[str]:
    with post.session(Role.SUPERVISOR) as session:
        return sorted(row.name for row in session.log.search(LogQuery()).rows)


# import-crossings


def test_every_line_is_recorded_and_acknowledged_by_number_and_id(
    post: Post, run: Run, register: Path
) -> None:
    ended = run("import-crossings", str(register))

    assert (ended.code, sorted(ended.taken)) == (0, [2, 3, 4])
    assert ended.err == "taken: 3, already there: 0, bad: 0\n"
    assert names(post) == ["IVANOV", "SMITH, JR", "ПЕТРОВ"]
    with post.session(Role.SUPERVISOR) as session:
        assert all(session.store.kept(id) for id in ended.taken.values())


def test_running_the_same_file_again_takes_nothing(run: Run, register: Path) -> None:
    run("import-crossings", str(register))

    again = run("import-crossings", str(register))

    assert (again.code, again.out) == (0, "")
    assert again.err == "taken: 0, already there: 3, bad: 0\n"


def test_running_a_file_that_grew_takes_only_what_is_missing(
    run: Run, register: Path, tmp_path: Path
) -> None:
    run("import-crossings", str(register))

    grown = written(tmp_path, HEADER, "2026-11-19T23:00,EXIT,NEW,", *GOOD)

    assert list(run("import-crossings", str(grown)).taken) == [2]


def test_equal_lines_are_both_taken_and_never_again(run: Run, tmp_path: Path) -> None:
    register = written(tmp_path, HEADER, GOOD[0], GOOD[0], GOOD[0])

    assert len(run("import-crossings", str(register)).taken) == 3
    assert run("import-crossings", str(register)).taken == {}


def test_a_bad_line_is_reported_and_the_others_are_taken(run: Run, tmp_path: Path) -> None:
    register = written(
        tmp_path,
        HEADER,
        GOOD[0],
        "yesterday,ENTRY,IVANOV,A1",
        "",
        "2026-11-20T08:15,SIDEWAYS,,A1",
        "2026-11-20T08:15,ENTRY",
        '2026-11-20T08:15,ENTRY,"IVANOV,A1',
        GOOD[1],
    )

    ended = run("import-crossings", str(register))

    assert (ended.code, sorted(ended.taken)) == (1, [2, 8])
    said = ended.err.splitlines()
    assert said[0].startswith(
        "line 3 crossed_at does not say what it should: when: 2026-11-20T08:15"
    )
    assert said[1].startswith("line 5 primary_identifier is missing; direction does not say")
    assert said[2] == "line 6 has 2 fields, the first line names 4"
    assert said[3] == "line 7 has a quotation mark without its other one"
    assert said[4] == "taken: 2, already there: 0, bad: 4"


def test_a_line_in_another_encoding_is_a_bad_line(run: Run, tmp_path: Path) -> None:
    register = written(tmp_path, HEADER, GOOD[0])
    with register.open("ab") as file:
        file.write("2026-11-20T08:15,ENTRY,ИВАНОВ,A1\n".encode("cp1251"))

    ended = run("import-crossings", str(register))

    assert (ended.code, sorted(ended.taken)) == (1, [2])
    assert "line 3 is not in UTF-8" in ended.err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_files_as_spreadsheets_write_them_are_read(
    post: Post, run: Run, tmp_path: Path, encoding: str, end: str, delimiter: str
) -> None:
    lines = [line.replace(",", delimiter) for line in (HEADER, *GOOD[:2])]
    register = written(tmp_path, *lines, encoding=encoding, end=end)

    assert len(run("import-crossings", str(register)).taken) == 2
    assert names(post) == ["IVANOV", "ПЕТРОВ"]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("crossed_at,direction,name", "there is no column called 'name'; see --help"),
        ("crossed_at,direction", "the first line must also name primary_identifier"),
        ("crossed_at,crossed_at,direction", "the column crossed_at stands there twice"),
        ("", "must also name crossed_at, direction, primary_identifier"),
    ],
)
def test_a_file_that_is_no_register_is_refused_before_anything_is_asked(
    post: Post, run: Run, tmp_path: Path, header: str, words: str
) -> None:
    ended = run("import-crossings", str(written(tmp_path, header, *GOOD)))

    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err
    assert not post.folder.records.exists()


@pytest.mark.parametrize("encoding", ["utf-16", "cp1251"])
def test_a_header_in_another_encoding_is_one_sentence(
    run: Run, tmp_path: Path, encoding: str
) -> None:
    ended = run("import-crossings", str(written(tmp_path, "время," + HEADER, encoding=encoding)))

    assert ended.code == 2
    assert ended.err == "register.csv: the first line is not in UTF-8\n"


def test_a_register_that_is_not_there_is_one_sentence(run: Run, tmp_path: Path) -> None:
    ended = run("import-crossings", str(tmp_path / "nothing.csv"))

    assert ended.code == 2
    assert "nothing.csv cannot be read: No such file or directory." in ended.err


def test_the_columns_are_explained_by_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["import-crossings", "--help"])

    assert left.value.code == 0
    said = capsys.readouterr().out
    assert all(column in said for column in (*HEADER.split(","), "register_no", "plate"))
    assert max(map(len, said.splitlines())) <= 100


def test_a_number_that_said_something_else_before_is_a_bad_line(run: Run, tmp_path: Path) -> None:
    header = HEADER + ",register_no"
    run("import-crossings", str(written(tmp_path, header, GOOD[0] + ",17")))

    ended = run("import-crossings", str(written(tmp_path, header, GOOD[0] + "2,17")))

    assert ended.code == 1
    assert "line 2 register_no was taken over before for the same day" in ended.err


# verify and rebuild


@pytest.mark.parametrize("who", [Role.IT_ADMINISTRATOR, Role.AUDITOR, Role.SUPERVISOR])
def test_verify_prints_what_was_proved(run: Run, register: Path, who: Role) -> None:
    run("import-crossings", str(register))

    ended = run("verify", who=who)

    assert (ended.code, ended.err) == (0, "")
    assert "journals proved: 1" in ended.out
    assert "unchanged and signed by the workstation: 7" in ended.out
    assert "officers' signatures under their sessions: 1" in ended.out
    assert "tables equal to the journals: yes" in ended.out


def test_verify_names_the_first_entry_that_is_wrong(post: Post, run: Run, register: Path) -> None:
    run("import-crossings", str(register))
    alter(
        post,
        "drop trigger entries_keep",
        "update entries set body = cast(replace(cast(body as text), 'IVANOV', 'IVANOW') as blob)"
        " where position = 3",
    )

    ended = run("verify")

    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("Entry 3: what it says was changed after it was written.")


def test_tables_that_differ_are_named_and_rebuilt(post: Post, run: Run, register: Path) -> None:
    run("import-crossings", str(register))
    alter(post, "update checks set name = 'SOMEBODY'")

    ended = run("verify")
    assert ended.code == 1
    assert "run `checkpoint-admin rebuild`" in ended.err

    assert run("rebuild").out == "entries read: 11\n"
    assert run("verify").code == 0
    assert "IVANOV" in names(post)


def alter(post: Post, *statements: str) -> None:
    """As somebody who has the key and another program."""
    with post.session(Role.SUPERVISOR) as session:
        key = bytearray(session.unlocked.database_key)
    with closing(connect(post.folder.records, key)) as db, db.atomic():
        for statement in statements:
            db.execute(statement)


# opening


@pytest.mark.parametrize("command", ["verify", "rebuild"])
def test_an_officer_may_neither_prove_nor_rebuild(run: Run, command: str) -> None:
    ended = run(command, who=Role.OFFICER)

    assert ended.code == 2
    assert ended.err == (
        "O-1842 may not do this; who may: SUPERVISOR, IT_ADMINISTRATOR, AUDITOR.\n"
    )


def test_an_auditor_may_not_import(run: Run, register: Path) -> None:
    ended = run("import-crossings", str(register), who=Role.AUDITOR)

    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "A-0090 may not do this; who may: SUPERVISOR, IT_ADMINISTRATOR.\n"


@pytest.mark.parametrize(
    ("passphrase", "words"),
    [
        (b"something else entirely", "Wrong pass-phrase; 4 more may be tried without waiting."),
        (b"", "Wrong pass-phrase"),
        ("жёлтый".encode("cp1251"), "The pass-phrase on standard input is not in UTF-8."),
    ],
)
def test_a_pass_phrase_that_does_not_open_is_one_sentence(
    run: Run, passphrase: bytes, words: str
) -> None:
    ended = run("verify", passphrase=passphrase)

    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(words)


def test_a_folder_without_a_workstation_is_one_sentence(run: Run, tmp_path: Path) -> None:
    ended = run("verify", data=tmp_path / "nowhere")

    assert ended.code == 2
    assert "There is no workstation in" in ended.err


def test_a_computer_that_was_not_enrolled_is_one_sentence(run: Run, tmp_path: Path) -> None:
    folder = Folder(tmp_path / "new")
    folder.make()
    DeviceKey.create(folder.device_key, deployment="utopia", workstation="", post="OSH-01")

    ended = run("verify", data=folder.path)

    assert ended.code == 2
    assert "has not been enrolled yet" in ended.err


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("settings.toml", b"post = 3", "post must be text, not 3"),
        ("records.db", b"SQLite format 3\x00" + bytes(4096), "records.db is not encrypted"),
        ("records.db", bytes(8192), "cannot be read with this workstation's key"),
        ("envelope.json", b"{}", ""),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(
    post: Post, run: Run, file: str, content: bytes, words: str
) -> None:
    (post.folder.path / file).write_bytes(content)

    ended = run("verify")

    assert ended.code == (2 if words else 0)  # the envelope has its second copy
    assert words in ended.err
    assert ended.err.count("\n") <= 1


def test_without_a_terminal_the_pass_phrase_must_come_on_standard_input(post: Post) -> None:
    command = [sys.executable, "-m", "sync.admin.main", "verify", "--as", "I-0001"]

    ended = subprocess.run(
        [*command, "--data", str(post.folder.path)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,
    )

    assert ended.returncode == 2
    assert ended.stderr.endswith("use --passphrase-stdin.\n")
    assert "Traceback" not in ended.stderr


def test_a_pass_phrase_on_the_command_line_is_not_taken(post: Post) -> None:
    with pytest.raises(SystemExit) as left:
        main(["verify", "--data", str(post.folder.path), "--as", "I-0001", "--passphrase", "x"])

    assert left.value.code == 2
    assert not post.folder.records.exists()

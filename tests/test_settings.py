"""The workstation's settings: a mistake in the file is one sentence, never another setting."""

import stat
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_client.settings import (
    LANGUAGES,
    Folder,
    Settings,
    Unsuitable,
    resource,
    usual_folder,
)

# What a file written in UTF-8 can hold.
words = st.text(st.characters(codec="utf-8"), max_size=20)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def read(path: Path, content: str) -> Settings:
    path.write_text(content, encoding="utf-8")
    return Settings.read(path)


def test_a_new_workstation_has_the_settings_of_the_design(path: Path) -> None:
    settings = Settings.read(path)

    assert settings == Settings()
    assert (settings.refusal_needs_approval, settings.take_back_seconds) == (True, 60)


def test_what_the_file_says_is_taken_and_the_rest_stays(path: Path) -> None:
    settings = read(path, 'post = "OSH-01"\nlane = "3"\nutc_offset_minutes = 360\n')

    assert (settings.post, settings.lane, settings.utc_offset_minutes) == ("OSH-01", "3", 360)
    assert settings.language == "en"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("post = ", "settings.toml is not a TOML file"),
        ('psot = "OSH"', "there is no setting called 'psot'"),
        ("post = 3", "post must be text, not 3"),
        ('idle_lock_minutes = "5"', "idle_lock_minutes must be a whole number, not '5'"),
        ("idle_lock_minutes = true", "idle_lock_minutes must be a whole number, not True"),
        ("refusal_needs_approval = 1", "refusal_needs_approval must be true or false, not 1"),
        ('language = "fr"', "language must be one of en, ru, kk"),
        ('theme = "pink"', "theme must be light or dark"),
        ("font_percent = 20", "font_percent must lie between 80 and 300"),
        ("idle_lock_minutes = 0", "idle_lock_minutes must lie between 1 and 240"),
        ("utc_offset_minutes = 6000", "utc_offset_minutes must lie between -840 and 840"),
        ("poll_seconds = -1", "poll_seconds must lie between 1 and 3600"),
        ('exchanges = "10.0.0.5"', "exchanges must be a list of texts, not '10.0.0.5'"),
        ("exchanges = [5]", r"exchanges must be a list of texts, not \[5\]"),
    ],
)
def test_a_mistake_is_named_in_one_sentence(path: Path, content: str, words: str) -> None:
    with pytest.raises(Unsuitable, match=words):
        read(path, content)


def test_a_file_in_another_encoding_is_one_sentence(path: Path) -> None:
    path.write_bytes('post_name = "Ош"'.encode("cp1251"))

    with pytest.raises(Unsuitable, match="not a TOML file"):
        Settings.read(path)


def test_a_folder_in_the_place_of_the_file_is_one_sentence(path: Path) -> None:
    path.mkdir()

    with pytest.raises(Unsuitable, match="cannot be read"):
        Settings.read(path)


@given(words, words, st.sampled_from(LANGUAGES), st.integers(-840, 840), st.booleans())
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory,
    post_name: str,
    reader_prefix: str,
    language: str,
    offset: int,
    approval: bool,
) -> None:
    path = tmp_path_factory.getbasetemp() / "again.toml"
    settings = Settings(
        post_name=post_name,
        reader_prefix=reader_prefix,
        language=language,
        utc_offset_minutes=offset,
        refusal_needs_approval=approval,
        exchanges=(post_name, reader_prefix),
    )

    settings.write(path)

    assert Settings.read(path) == settings


def test_only_what_differs_is_written(path: Path) -> None:
    Settings(lane="3").write(path)

    assert path.read_text() == 'lane = "3"\n'


def test_every_limit_lets_its_own_default_pass(path: Path) -> None:
    defaults: dict[str, Any] = {
        each.name: each.default for each in fields(Settings) if each.default is not None
    }
    lines = [f"{name} = {_toml(value)}" for name, value in defaults.items()]

    assert read(path, "\n".join(lines)) == Settings()


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return str(list(value))
    return f'"{value}"' if isinstance(value, str) else str(value)


def test_the_data_folder_is_its_owners_alone(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "data")

    folder.make()
    folder.make()

    assert {stat.S_IMODE(each.stat().st_mode) for each in (folder.path, folder.spool)} == {0o700}
    assert folder.records == tmp_path / "data" / "records.db"


def test_resources_are_found_in_a_checkout_and_in_the_frozen_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert resource("rules", "refusal_grounds.json").is_file()

    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)

    assert resource("rules") == tmp_path / "resources" / "rules"


def test_the_usual_folder_follows_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/srv/data")
    assert usual_folder() == Path("/srv/data/checkpoint-client")

    monkeypatch.delenv("XDG_DATA_HOME")
    assert usual_folder() == Path.home() / ".local" / "share" / "checkpoint-client"

"""The project's own frame: what is packaged, pinned, and allowed to stand in the tree."""

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOP_LEVEL = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "checkpoint_client",
    "installer",
    "pyproject.toml",
    "requirements.lock",
    "resources",
    "sync",
    "tests",
    "ui",
}
TARGETS = ["demo", "run", "test", "lint", "bench", "server", "frozen"]
# Written so that they do not find themselves.
PATHS_OF_ONE_MACHINE = re.compile(r"/(?:work|farm)/|/tmp/bash[_]jobs|/root/[a-z.]|\.lib[r]ary")
REGISTRIES = re.compile(r"pypi[.]org|python[h]osted|registry[.]npmjs|(?:deb|security)[.]debian")


@cache
def tracked() -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


@cache
def configuration() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@cache
def locked() -> dict[str, str]:
    """Versions by normalised name, as the lock file has them."""
    pins = re.findall(r"^([A-Za-z0-9._-]+)==(\S+) \\$", lock_text(), flags=re.MULTILINE)
    return {normalised(name): version for name, version in pins}


@cache
def lock_text() -> str:
    return (ROOT / "requirements.lock").read_text()


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def demanded() -> list[str]:
    project = configuration()["project"]
    groups = project["optional-dependencies"].values()
    return [
        *configuration()["build-system"]["requires"],
        *project["dependencies"],
        *(requirement for group in groups for requirement in group),
    ]


def test_the_package_list_is_the_tree() -> None:
    in_tree = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for top in ("checkpoint_client", "sync", "ui")
        for path in (ROOT / top).rglob("__init__.py")
    }

    assert set(configuration()["tool"]["setuptools"]["packages"]) == in_tree


def test_every_requirement_is_exact_and_locked() -> None:
    for requirement in demanded():
        name, _, version = requirement.partition("==")
        assert locked()[normalised(name.partition("[")[0])] == version, requirement


def test_every_locked_package_has_hashes() -> None:
    for block in re.split(r"\n(?=\S)", lock_text()):
        if not block.startswith("#"):
            assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block.splitlines()[0]


def test_the_lock_names_no_host() -> None:
    assert not re.findall(r"://|--(?:extra-)?index-url|--find-links|--trusted-host", lock_text())


def test_qt_is_not_the_version_that_loses_references() -> None:
    assert locked()["pyside6-essentials"] == locked()["shiboken6"] != "6.12.0"


def test_the_top_level_holds_only_what_belongs_there() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} <= TOP_LEVEL


@pytest.mark.parametrize("unwanted", [PATHS_OF_ONE_MACHINE, REGISTRIES])
def test_no_file_tells_where_it_was_written(unwanted: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in tracked()
        if (match := unwanted.search(path.read_bytes().decode(errors="replace")))
    ]

    assert found == []


def test_make_alone_explains_every_target() -> None:
    said = subprocess.run(["make"], cwd=ROOT, check=True, capture_output=True, text=True).stdout

    assert [target for target in TARGETS if f"make {target} " not in said] == []


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_can_be_made(target: str) -> None:
    dry = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, check=False)

    assert dry.returncode == 0


def test_a_broken_off_installation_does_not_look_finished() -> None:
    recipes = re.findall(
        r"^\.venv/\.ready\S*:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(), re.M
    )

    assert [recipe.splitlines()[-1] for recipe in recipes] == ["\ttouch $@"] * 3

"""Joins the parts for tests; the only other places that do are `ui.main` and `ui.demo`."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from checkpoint_client.desk.session import SignedIn
from checkpoint_client.records.codes import Role
from checkpoint_client.settings import Folder
from tests.post import Post, set_up

pytest_plugins = ["tests.centre"]

SHARED = Path(__file__).resolve().parents[2] / "shared"

hypothesis_settings.register_profile(
    "checkpoint",
    max_examples=60,
    deadline=None,
    # That a machine is busy says nothing of what is tested.
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("checkpoint")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One process for each core; a single file runs in this one, where it begins sooner."""
    files = {argument.partition("::")[0] for argument in config.args}
    return 0 if len(files) == 1 and next(iter(files)).endswith(".py") else os.cpu_count() or 1


@pytest.fixture(scope="session")
def shared() -> Path:
    """What was handed to us beside the repository: published lists, glossary, research."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared is not here")
    return SHARED


@pytest.fixture(scope="session")
def new_workstation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workstation's folder to copy: making its slots takes a moment."""
    return set_up(tmp_path_factory.mktemp("workstation") / "data").path


@pytest.fixture
def post(tmp_path: Path, new_workstation: Path) -> Post:
    data = tmp_path / "data"
    shutil.copytree(new_workstation, data)
    return Post(Folder(data))


@pytest.fixture
def officer(post: Post) -> Iterator[SignedIn]:
    with post.session(Role.OFFICER) as session:
        yield session


@pytest.fixture
def supervisor(post: Post) -> Iterator[SignedIn]:
    with post.session(Role.SUPERVISOR) as session:
        yield session

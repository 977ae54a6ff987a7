"""Joins the parts for tests; the only other places that do are `ui.main` and `ui.demo`."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from PySide6.QtCore import QTranslator, SignalInstance
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_client.desk.session import SignedIn
from checkpoint_client.records.codes import Role
from checkpoint_client.settings import Folder
from tests.post import Post, set_up

if TYPE_CHECKING:
    from pytestqt.qtbot import _WaitWidgetContextManager
    from pytestqt.wait_signal import CheckParamsCb, SignalBlocker

pytest_plugins = ["tests.centre"]

PATIENCE_MS = 30_000
"""For what comes at once on a free machine."""

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


class PatientBot(QtBot):
    """Waits for the screens as long as a busy machine may need."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitActive(
        self, widget: QWidget, *, timeout: int = PATIENCE_MS
    ) -> "_WaitWidgetContextManager":
        return super().waitActive(widget, timeout=timeout)

    def waitSignal(
        self,
        signal: SignalInstance,
        *,
        timeout: int = PATIENCE_MS,
        raising: bool | None = None,
        check_params_cb: "CheckParamsCb | None" = None,
    ) -> "SignalBlocker":
        return super().waitSignal(
            signal, timeout=timeout, raising=raising, check_params_cb=check_params_cb
        )


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:  # noqa: ARG001
    """Only while there is an application."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def _room(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """One test beside the other, but none beside those that measure time."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        yield
        return
    import fcntl  # not on Windows

    is_alone = request.node.get_closest_marker("alone") is not None
    place = tmp_path_factory.getbasetemp().parent
    with (place / "door").open("w") as door, (place / "room").open("w") as room:
        fcntl.flock(door, fcntl.LOCK_EX)  # whoever waits for an empty room lets no other in
        fcntl.flock(room, fcntl.LOCK_EX if is_alone else fcntl.LOCK_SH)
        fcntl.flock(door, fcntl.LOCK_UN)
        yield
        fcntl.flock(room, fcntl.LOCK_UN)  # a process that was forked holds the file, too


@pytest.fixture(autouse=True)
def _speaks_no_language() -> Iterator[None]:
    """What one test lets the application speak, the next does not hear."""
    yield
    if application := QApplication.instance():
        for each in application.findChildren(QTranslator):
            application.removeTranslator(each)


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

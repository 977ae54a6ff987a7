"""Starts the program: builds all objects, joins them, and takes them apart in the right order."""

import argparse
import ctypes
import errno
import linecache
import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLockFile, QObject, QStorageInfo, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from checkpoint_client.desk import Changed, NotAllowed, Refused
from checkpoint_client.desk.channels import Brought, Failure, NotTaken
from checkpoint_client.desk.leaving import NotInService
from checkpoint_client.desk.session import OldEnvelope, SignedIn, SignIn
from checkpoint_client.desk.sticks import ReadBack, StickFailed, StickTrouble, Written
from checkpoint_client.desk.wiping import Ordered
from checkpoint_client.desk.workstation import LineState
from checkpoint_client.journal.clock import Clock, local_now
from checkpoint_client.records import Problem
from checkpoint_client.settings import Folder, Settings, Unsuitable, usual_folder
from checkpoint_client.store import Store, Unusable
from checkpoint_client.store import engine as files
from checkpoint_client.store.reference import Reference
from checkpoint_client.vault import NewSlot, Vault
from checkpoint_client.vault import errors as vault_errors
from checkpoint_client.vault.device import DeviceKey
from ui import theme
from ui.first_start import Asked, CannotEnrol, Enrolment, FirstStart
from ui.late_hits import LateHitSearch
from ui.lists import Sources
from ui.places import Places
from ui.sign_in import Hint
from ui.sticks import StickWords
from ui.window import Window
from ui.words import Words, speak
from ui.work import Work

if TYPE_CHECKING:
    from sync.exchange import Neighbours
    from sync.https import Line
    from sync.nearby import Finder
    from sync.uplink import Home, Uplink

_REQUEST, _REPLY = "checkpoint-request", "checkpoint-reply"
_REMOVABLE = 2  # a kind of drive, GetDriveTypeW

log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """The window on this computer's own profile. 2 where it cannot even be opened."""
    arguments = _arguments(argv)
    if arguments.self_test:
        from ui import self_test

        return self_test.main()
    if problem := display_problem():
        return _complain(problem)
    folder = Folder(arguments.data)
    try:
        folder.make()
        settings = Settings.read(arguments.settings or folder.settings)
    except (OSError, Unsuitable) as error:
        return _complain(str(error))
    alone = QLockFile(str(folder.path / "running.lock"))
    if not alone.tryLock(0):
        return _complain(f"The program is already running on {folder.path}.")
    keep_log(folder)
    program = Program(make_application(settings), folder, settings)
    program.start()
    code = QApplication.exec()
    program.close()
    alone.unlock()
    return code


def make_application(settings: Settings) -> QApplication:
    """The Qt application, dressed and speaking as the settings say."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("checkpoint-client")
    theme.apply(application, theme=settings.theme, font_percent=settings.font_percent)
    speak(application, settings.language)
    application.setWindowIcon(theme.icon("checkpoint-client", theme.LIGHT.accent, 64))
    linecache.clearcache()  # PySide reads every module's source, and Python keeps it: 11 MB
    return application


def display_problem() -> str:
    """Why no window can be opened here, and what to do; empty if one can. Qt itself would abort."""
    if os.environ.get("QT_QPA_PLATFORM") or sys.platform != "linux":
        return ""
    if os.environ.get("WAYLAND_DISPLAY") or _has_x_server():
        return ""
    return (
        "There is no display to open the window on. Start it from the desktop, or set DISPLAY;"
        " the demonstration also walks without one: make demo HEADLESS=1."
    )


def keep_log(folder: Folder) -> None:
    """Write what went wrong into the folder's log: kinds and places of errors, never data."""
    handler = RotatingFileHandler(folder.log, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    ours = logging.getLogger()
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)
    logging.getLogger("urllib3").setLevel(logging.ERROR)


def program_version() -> str:
    try:
        return version("checkpoint-client")
    except PackageNotFoundError:
        return "?"


class Program(QObject):
    """Everything that runs, joined. `start` shows the window; `close` ends line, then store."""

    line_changed = Signal(object)
    list_applied = Signal()
    neighbours_heard = Signal()
    wipe_ordered = Signal()
    _stumbled = Signal(object)

    def __init__(
        self,
        application: QApplication,
        folder: Folder,
        settings: Settings,
        *,
        hints: Sequence[Hint] = (),
    ) -> None:
        """`hints` are the demonstration's invented people, for its sign-in page."""
        super().__init__()
        self._application = application
        self._folder = folder
        self._settings = settings
        self._hints = hints
        self._session: SignedIn | None = None
        self._is_online = False
        self._joining: threading.Thread | None = None
        self.uplink: Uplink | None = None
        self.neighbours: Neighbours | None = None
        self._finder: Finder | None = None
        self._late_hits: LateHitSearch | None = None
        self.window: Window | None = None
        self.first_start: FirstStart | None = None
        self.words = Words(self)
        self.troubles = Troubles(self.words, self)
        self._stick_words = StickWords(self)
        self.work = Work(self)

        self.work.failed.connect(self.report)
        self._stumbled.connect(self.report, Qt.ConnectionType.QueuedConnection)
        self.line_changed.connect(self._on_line)
        self.work.changed.connect(self._on_changed)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    @Slot()
    def start(self) -> None:
        """Show the sign-in page, or on a computer that is no workstation yet how to make it one."""
        if not is_enrolled(self._folder):
            self.first_start = FirstStart(
                self._enrol, self._ask_by_stick, _sticks, self.work, self.words
            )
            self.first_start.enrolled.connect(self._begin)
            self.first_start.setWindowTitle(self.tr("Checkpoint Client"))
            self.first_start.resize(1000, 800)
            self.first_start.show()
            return
        self._begin()

    def close(self) -> None:
        """End the session, then the line, then the store's thread, so that nothing is lost."""
        if self.window:
            self.window.sign_out()
        if self._joining:
            self._joining.join()
        if self.uplink:
            self.uplink.stop()
        if self._finder:
            self._finder.stop()
        if self.neighbours:
            self.neighbours.stop()
        self.work.close()
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    @Slot(object)
    def report(self, error: BaseException) -> None:
        """Say what stands in the way; a mistake of the program's goes to the log, without data."""
        sentence = self.troubles.sentence(error)
        if not sentence:
            log.error("%s\n%s", type(error).__name__, _places(error))
            sentence = self.troubles.bug(error)
        if self.window:
            self.window.trouble.tell(sentence)
        elif self.first_start:
            self.first_start.message.say(sentence, theme.Tone.ALARM)

    @Slot()
    def _begin(self) -> None:
        if self.first_start:
            self.first_start.close()
            self.first_start = None
            self._settings = Settings.read(self._folder.settings)
        try:
            device = DeviceKey.load(self._folder.device_key)
        except (vault_errors.Damaged, vault_errors.NewerFile, OSError) as error:
            _complain(self.troubles.sentence(error) or str(error))
            QTimer.singleShot(0, lambda: self._application.exit(2))
            return
        now = partial(local_now, self._settings.utc_offset_minutes)
        clock = Clock(now, last_server_time=device.state.last_server_time)
        self.window = self._make_window(device, clock)
        self.window.show()
        self.window.activateWindow()  # keys must reach it where no window manager does this
        self._joining = threading.Thread(
            target=self._join_line, args=(device, now), name="joining", daemon=True
        )
        self._joining.start()

    def _make_window(self, device: DeviceKey, clock: Clock) -> Window:
        sign_in = SignIn(
            folder=self._folder,
            vault=Vault(self._folder.envelope),
            device=device,
            settings=self._settings,
            clock=clock,
            is_online=lambda: self._is_online,
            spool=partial(_spool, device, self._folder.spool),
        )
        sources = Sources(
            look=self._wake_line,
            sticks=_sticks,
            take_stick=self._take_stick,
            read_word=self._read_word,
            write_stick=self._write_stick,
        )
        places = Places(self.words, self._settings, sources, self)
        window = Window(
            sign_in,
            self.work,
            self.words,
            self._settings,
            places=places.of,
            say=self.troubles.sentence,
            now=clock.now,
            version=program_version(),
            hints=self._hints,
        )
        places.wanted.connect(window.show_screen)
        window.signed_in.connect(self._on_signed_in)
        window.left.connect(self._on_left)
        window.locked.connect(self._wake_line)
        self.line_changed.connect(window.status.show_line)
        self.list_applied.connect(window.show_new_list)
        self.neighbours_heard.connect(window.show_neighbours)
        self.wipe_ordered.connect(window.show_order)
        return window

    @Slot(object)
    def _on_signed_in(self, session: SignedIn) -> None:
        self._session = session
        self._wake_line()
        if self.window and (work := self.window.session_work):
            self._late_hits = LateHitSearch(session, work, self)
            self._late_hits.found.connect(self._wake_line)
            self._late_hits.look()

    @Slot()
    def _on_left(self) -> None:
        self._session = None
        if self._late_hits:
            self._late_hits.deleteLater()
            self._late_hits = None

    @Slot()
    def _wake_line(self) -> None:
        """Somebody signed in or left, or something urgent waits: the centre hears of it now."""
        if self.uplink:
            self.uplink.wake()
        self._tell_neighbours()

    def _tell_neighbours(self) -> None:
        if self.neighbours:
            self.neighbours.recorded()

    @Slot(object)
    def _on_changed(self, changed: Changed) -> None:
        if Changed.WAITING in changed and self.uplink:
            self.uplink.recorded()
        self._tell_neighbours()

    @Slot(object)
    def _on_line(self, state: LineState) -> None:
        self._is_online = state.online

    def _join_line(self, device: DeviceKey, now: Callable[[], datetime]) -> None:
        """On a thread of its own: what the line needs takes longer to import than a window."""
        from sync import enrolment
        from sync.https import BadAddress
        from sync.uplink import Home, Pace, Uplink

        try:
            provisioning = enrolment.read_provisioning(self._folder.provisioning)
            link = enrolment.line_of(provisioning, device, proxy=self._settings.proxy)
        except (enrolment.NotEnrolled, BadAddress) as error:
            log.error("no line: %s", type(error).__name__)
            self.line_changed.emit(
                LineState(online=False, since=now(), waiting=0, problem="not-set-up")
            )
            return
        home = Home(
            device=device,
            submit=self.work.submit,
            store=self._store,
            reference=self._reference,
            is_locked=self._is_locked,
            spool=self._folder.spool,
            attachments=self._folder.attachments,
            lists=self._folder.lists,
            root=provisioning.tuf_root,
            state=self._settings.state,
        )
        uplink = Uplink(
            home,
            link,
            on_state=self.line_changed.emit,
            on_list=self.list_applied.emit,
            on_order=self.wipe_ordered.emit,
            now=now,
            pace=Pace(poll=self._settings.poll_seconds),
        )
        uplink.start()
        self.uplink = uplink
        self._join_post(
            home,
            uplink,
            lambda: enrolment.line_of(provisioning, device, proxy=self._settings.proxy),
        )

    def _join_post(self, home: "Home", uplink: "Uplink", link: "Callable[[], Line]") -> None:
        from sync.exchange import BadAddress, Neighbours, Post

        if not (self._settings.exchanges or self._settings.find_exchanges):
            return
        post = Post(
            device=home.device,
            submit=home.submit,
            store=home.store,
            attachments=home.attachments,
            link=link,
            is_online=lambda: self._is_online,
            lists=home.lists,
            root=home.root,
            read_words=uplink.read_words,
            import_lists=uplink.import_lists,
            state=self._settings.state,
        )
        try:
            neighbours = Neighbours(
                post, self._settings.exchanges, on_heard=self.neighbours_heard.emit
            )
        except BadAddress as error:  # it names an address of the post's, and nobody
            log.error("no exchange: %s", error)
            return
        neighbours.start()
        self.neighbours = neighbours
        if self._settings.find_exchanges:
            self._find_exchanges(home.device, neighbours)

    def _find_exchanges(self, device: DeviceKey, neighbours: "Neighbours") -> None:
        from sync.nearby import Finder, place_of

        place = place_of(device.state.deployment, device.state.post)
        self._finder = Finder(place, neighbours.found)
        self._finder.start()

    def _store(self) -> Store:
        """Whoever's session it is: the line may send what waits in it."""
        if session := self._session:
            return session.store
        raise vault_errors.Locked

    def _is_locked(self) -> bool:
        session = self._session
        return session is None or not any(session.unlocked.database_key)

    def _reference(self) -> Reference:
        session = self._session
        key = bytearray(session.unlocked.database_key) if session else bytearray()
        if not any(key):
            raise vault_errors.Locked
        try:
            return Reference.open(self._folder.reference, key)
        finally:
            key[:] = bytes(len(key))

    def _take_stick(
        self, folder: Path, watch: Callable[[str, int, int], None]
    ) -> "Future[tuple[Brought, ...]]":
        if self.uplink:
            return self.uplink.import_stick(folder, watch)
        return _not_set_up()

    def _read_word(self, folder: Path) -> "Future[ReadBack]":
        return self.uplink.read_word(folder) if self.uplink else _not_set_up()

    def _write_stick(self, folder: Path, watch: Callable[[int, int], None]) -> "Future[Written]":
        return self.uplink.write_stick(folder, watch) if self.uplink else _not_set_up()

    def _enrol(self, wanted: Enrolment) -> str:
        """Make this computer a workstation; taken up again where an attempt broke off."""
        from sync import enrolment

        try:
            officers = [
                NewSlot.fresh(each.service_number, each.role, each.passphrase)
                for each in wanted.officers
            ]
            if not _has_name(self._folder):
                self._ask_centre(wanted)
            device = DeviceKey.load(self._folder.device_key)
            provisioning = enrolment.read_provisioning(self._folder.provisioning)
            settings = replace(
                Settings.read(self._folder.settings),
                post=device.state.post,
                post_name=provisioning.post_name,
            )
            settings.write(self._folder.settings)
            enrolment.first_officers(self._folder, device, officers).wipe()
            return enrolment.digits_of(device)
        except vault_errors.WeakPassphrase as weak:
            raise Refused([Problem("passphrase", weak.code)]) from None
        except (enrolment.NotEnrolled, vault_errors.AlreadyThere, Unsuitable, OSError) as error:
            raise CannotEnrol(str(error)) from error

    def _ask_centre(self, wanted: Enrolment) -> None:
        """Over the line, or by its answer on a stick. Raises `NotEnrolled`, OSError."""
        from sync import enrolment, stick

        proxy = self._settings.proxy
        with suppress(stick.BadFile):  # a token is no file: what it is, is said below
            content = stick.read(Path(wanted.provisioning).expanduser())
            if enrolment.is_reply(content):
                enrolment.take_reply(content, self._folder)
                return
        what = enrolment.given(wanted.provisioning, proxy=proxy)
        enrolment.enrol(what, self._folder, name=wanted.name, proxy=proxy)

    def _ask_by_stick(self, wanted: Enrolment, folder: Path) -> Asked:
        """Write a request there, for a computer without a line."""
        from sync import enrolment, stick

        try:
            if not folder.is_dir():
                raise StickFailed(StickTrouble.NOT_THERE)
            request = enrolment.request_by_file(wanted.provisioning, self._folder, name=wanted.name)
            stick.write(folder / _REQUEST, request)
        except StickFailed as failed:
            sentence, _tone = self._stick_words.failed(failed)
            raise CannotEnrol(sentence) from failed
        except (enrolment.NotEnrolled, Unsuitable, OSError) as error:
            raise CannotEnrol(str(error)) from error
        device = DeviceKey.load(self._folder.device_key)
        return Asked(
            request=folder / _REQUEST,
            answer=folder / _REPLY,
            digits=enrolment.digits_of(device),
        )

    def _on_exception(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        self._stumbled.emit(error)

    def _on_thread_exception(self, hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value:
            self._stumbled.emit(hook.exc_value)


class Troubles(QObject):
    """Sentences for what keeps an officer out or the program from working, and what to do."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def sentence(self, error: BaseException) -> str:
        """One plain sentence; empty if the error is a mistake of the program's own."""
        return self._of_door(error) or self._of_files(error) or self._of_work(error)

    def _of_door(self, error: BaseException) -> str:
        match error:
            case vault_errors.WrongPassphrase(tries_left=0):
                return self.tr("Wrong pass-phrase. Before the next try you have to wait.")
            case vault_errors.WrongPassphrase():
                return self.tr(
                    "Wrong pass-phrase. %n more may be tried at once.", "", error.tries_left
                )
            case vault_errors.Throttled():
                until = f"{error.until.astimezone():%H:%M:%S}"
                return self.tr("Too many wrong pass-phrases. Try again after {0}.").format(until)
            case vault_errors.NoSuchOfficer():
                return self.tr("This service number is not known here. A supervisor can add it.")
            case Ordered():
                return self._words.wipe(error.state)
            case NotInService():
                return self.tr(
                    "By headquarters' list this officer is not in service. Ask your supervisor."
                )
            case OldEnvelope():
                return self.tr(
                    "The list of officers is older than these records. Put the newest one back,"
                    " or ask headquarters."
                )
        return ""

    def _of_files(self, error: BaseException) -> str:
        return self._of_disk(error) or self._of_damage(error)

    def _of_disk(self, error: BaseException) -> str:
        match error:
            case files.DiskFull() | OSError(errno=errno.ENOSPC):
                return self.tr(
                    "The disk is full: nothing more can be recorded. Free some space, then try"
                    " again. What was shown as recorded is safe."
                )
            case files.DiskFailed():
                return self.tr(
                    "The disk could not be read or written, so nothing was recorded. See that it is"
                    " in place and has room, then try again. What was shown as recorded is safe."
                )
            case files.InUse():
                return self.tr(
                    "Another program is writing into the records just now. Nothing was recorded;"
                    " try again."
                )
            case files.OutOfReach():
                return self.tr(
                    "The records' file cannot be opened or written: see that its folder is there"
                    " and that this account may write in it."
                )
        return ""

    def _of_damage(self, error: BaseException) -> str:
        match error:
            case vault_errors.Damaged(reason="other-device"):
                return self.tr(
                    "The file {0} was made on another machine. Put it back from the newest"
                    " backup, or ask headquarters."
                ).format(error.file)
            case vault_errors.Damaged():
                return self.tr(
                    "The file {0} is missing or damaged. Put it back from the newest backup, or"
                    " ask headquarters."
                ).format(error.file)
            case vault_errors.NewerFile() | files.NewerFile():
                return self.tr(
                    "A newer version of the program wrote these files. Install that version here."
                )
            case files.NotEncrypted() | files.WrongKey():
                return self.tr(
                    "The records' file cannot be opened with this workstation's key. Nothing was"
                    " changed; call your IT staff."
                )
            case Unusable():
                return self.tr(
                    "The records' file is damaged. Stop work on this workstation and call your"
                    " IT staff."
                )
            case OSError():
                return self.tr(
                    "A file cannot be read or written ({0}). Call your IT staff."
                ).format(error.strerror or type(error).__name__)
        return ""

    def _of_work(self, error: BaseException) -> str:
        match error:
            case NotAllowed():
                return self.tr("Your role does not allow this.")
            case Refused():
                return self._words.problem(error.problems[0])
        return ""

    def bug(self, error: BaseException) -> str:
        return self.tr(
            "Something went wrong in the program itself. What was shown as recorded is safe; you"
            " can go on. Tell your IT staff: {0}"
        ).format(_last_place(error))


def is_enrolled(folder: Folder) -> bool:
    """Whether this computer is a workstation in which somebody can sign in."""
    return folder.envelope.exists() and folder.device_key.exists()


def _has_name(folder: Folder) -> bool:
    return folder.device_key.exists() and bool(DeviceKey.load(folder.device_key).state.workstation)


def _sticks() -> list[Path]:
    """The volumes that were used to carry lists or records, then those somebody put in."""
    from sync.protocol import STICK
    from sync.stick import BUNDLES

    volumes = [Path(each.rootPath()) for each in QStorageInfo.mountedVolumes() if each.isReady()]
    # os.path: also where we may not look
    used = [
        each for each in volumes if any(os.path.isdir(each / name) for name in (STICK, BUNDLES))
    ]
    return [*used, *(each for each in volumes if _was_put_in(each) and each not in used)]


def _was_put_in(volume: Path) -> bool:
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.GetDriveTypeW(str(volume)) == _REMOVABLE)
    return str(volume).startswith(("/media/", "/run/media/"))


def _not_set_up() -> "Future[Any]":
    nowhere: Future[Any] = Future()
    nowhere.set_exception(NotTaken(Failure.NO_KEY))
    return nowhere


def _spool(device: DeviceKey, folder: Path, store: Store) -> None:
    from sync import bundle

    bundle.spool(store, device, folder)


def _places(error: BaseException) -> str:
    """Where it happened. Not what the error says: it may repeat what somebody typed."""
    return "".join(traceback.format_tb(error.__traceback__))


def _last_place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__}, {where}"


def _has_x_server() -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused: int = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not refused


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="checkpoint-client", description=__doc__)
    parser.add_argument(
        "--data",
        type=Path,
        default=usual_folder(),
        metavar="DIR",
        help="where this workstation keeps its files (default: %(default)s)",
    )
    parser.add_argument(
        "--settings",
        type=Path,
        metavar="FILE",
        help="a settings file elsewhere than in the data folder",
    )
    parser.add_argument("--self-test", action="store_true", help="test the installation and end")
    parser.add_argument("--version", action="version", version=program_version())
    return parser.parse_args(argv)


def _complain(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())

"""A workstation as far as its lists go: a real folder, device key and encrypted file of lists."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from checkpoint_client.desk.channels import Brought, ChannelState, ChannelStates, Failure
from checkpoint_client.records import WorkstationEvent
from checkpoint_client.rules import OfficersList
from checkpoint_client.store.reference import Reference
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import Locked
from checkpoint_client.watchlist import Traveller, screen
from checkpoint_client.watchlist.alerts import Alert, AlertAction, AlertCategory
from sync.link import Link
from sync.lists import Lists, Place
from sync.protocol import ContactReply
from tests.headquarters import NOW, Headquarters, Shelf

KEY = bytes(range(48))


def alert(number: int, name: str = "") -> Alert:
    """Found by its document."""
    return Alert(
        id=f"A-{number}",
        list_id="UTO",
        category=AlertCategory.REFUSE_ENTRY,
        action=AlertAction.REFUSE,
        names=(name or f"TESTOV{number}, Anvar",),
        documents=(("UTO", f"N{number:07}"),),
    )


@dataclass
class Post:
    """`seconds` and `clock` are what its clocks show, `is_locked` whether nobody is signed in.

    `locks_when` is asked while a list goes live: True as soon as somebody locks.
    """

    folder: Path
    headquarters: Headquarters
    clock: datetime = NOW
    seconds: float = 0.0
    is_locked: bool = False
    locks_when: Callable[[], bool] = lambda: False
    on_officers: Callable[[OfficersList], None] = lambda _listed: None
    device: DeviceKey = field(init=False)
    lists: Lists = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir()
        self.device = DeviceKey.create(
            self.folder / "device.key", deployment="D", workstation="W", post="P"
        )
        self.device.update(
            channel_keys=self.headquarters.channel_keys, last_server_time=self.headquarters.made
        )
        self.restart()

    @property
    def place(self) -> Path:
        return self.folder / "lists"

    def restart(self) -> None:
        """The program ends and starts again."""
        self.lists = Lists(
            Place(
                folder=self.place,
                root=self.headquarters.root,
                device=self.device,
                reference=self._reference,
                is_locked=lambda: self.locks_when(),
            ),
            now=lambda: self.clock,
            seconds=lambda: self.seconds,
            on_officers=lambda listed: self.on_officers(listed),
        )

    def contact(
        self, reply: ContactReply | None = None, link: Link | None = None
    ) -> list[WorkstationEvent]:
        """One contact as the uplink makes it. Raises `Unreachable`."""
        told = reply or self.headquarters.reply(self.lists.have())
        self.lists.take(told, link or Shelf(self.headquarters.files), lambda *_: None)
        return [] if self.is_locked else self.lists.put_into_force()

    def stick(self, folder: Path) -> tuple[Brought, ...]:
        brought = self.lists.take_stick(folder, lambda *_: None)
        if not self.is_locked:
            self.lists.put_into_force()
        return self.lists.settled(brought)

    def state(self, channel: str = "watchlist") -> ChannelState:
        """As the list page reads it."""
        return ChannelStates.read(self.place).of(channel)

    def failure(self, channel: str = "watchlist") -> Failure | None:
        return self.state(channel).failure

    def version(self, channel: str = "watchlist") -> int:
        with self.opened() as reference:
            found = {each.list_id: each.version for each in reference.lists()}
        return found.get(channel, 0)

    def finds(self, *numbers: int) -> list[bool]:
        """Whether a traveller with this alert's document is stopped, by the list in force."""
        with self.opened() as reference:
            return [
                bool(
                    screen(
                        Traveller(documents=(("UTO", f"N{number:07}"),)),
                        reference,
                        today=date(2026, 11, 24),
                    )
                )
                for number in numbers
            ]

    @contextmanager
    def opened(self) -> Iterator[Reference]:
        with closing(Reference.open(self.folder / "reference.db", bytearray(KEY))) as reference:
            yield reference

    def _reference(self) -> Reference:
        if self.is_locked:
            raise Locked
        return Reference.open(self.folder / "reference.db", bytearray(KEY))

"""Attachments at a post without its centre: to neighbours by the exchange, to the centre once."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import time

import msgspec
import pytest

from checkpoint_client.desk import Refused
from checkpoint_client.desk.attaching import content_of
from checkpoint_client.records import Attachment
from checkpoint_client.settings import Folder
from checkpoint_client.store import AttachmentFiles, NotHere
from checkpoint_client.vault.device import DeviceKey
from sync import protocol, revocation
from sync.exchange import FETCHED_BYTES
from sync.post import MOST_PART_BYTES, AttachmentAnswer, AttachmentCall, CarriedAttachment
from sync.protocol import Forged, Malformed, TooLarge
from sync.revocation import Revoked
from sync.server import attachments as at_centre
from sync.server import ledger
from sync.server.attachments import LARGEST
from sync.server.exchange import Keeper
from sync.server.keys import CentreFolder
from sync.server.ledger import Ledger
from sync.server.post_attachments import PostAttachments
from tests.centre import RunningCentre, serving, set_up
from tests.exchanges import (
    Running,
    RunningExchange,
    cut_off,
    enrolled,
    started,
)
from tests.papers import a_png
from tests.programs import FORWARDING
from tests.test_attachments_sync import attach, is_received
from tests.test_exchange import until
from tests.workstations import CentreHere

POST = "OSH-01"
SMALL = a_png(noise=300_000)
LARGE = a_png(noise=FETCHED_BYTES + 1)


# with real processes


@dataclass
class WithoutCentre:
    """Booth and second line of a post; its centre is away, and the booth has no line at all."""

    centre: RunningCentre
    exchange: RunningExchange
    booth: Running
    desk: Running

    @contextmanager
    def returned(self) -> Iterator[None]:
        """Inside, the centre is there again."""
        self.centre.start()
        try:
            yield
        finally:
            self.centre.stop()


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WithoutCentre]:
    path = tmp_path_factory.mktemp("post")
    with serving(set_up(path / "centre")) as centre, ExitStack() as stack:
        folders = [enrolled(centre, Folder(path / name)) for name in ("booth", "desk")]
        exchange = started(centre, path / "exchange", *FORWARDING)
        stack.callback(exchange.kill)
        centre.stop()
        cut_off(folders[0])
        booth, desk = (stack.enter_context(Running(each, [exchange.url])) for each in folders)
        booth.uplink()
        yield WithoutCentre(centre, exchange, booth, desk)


def taken(running: Running, content: bytes = SMALL) -> Attachment:
    """A photograph taken at this workstation."""
    attachment = running.do(lambda: attach(running.here, content))
    running.neighbours.recorded()
    return attachment


def seen(running: Running, attachment: Attachment) -> bytes | None:
    """What an officer sees who opens it here, None where it is not here yet."""
    files = AttachmentFiles(running.folder.attachments)
    try:
        return b"".join(files.read(attachment))
    except NotHere:
        return None


def test_a_neighbours_photograph_comes_by_itself_while_the_centre_is_away(
    post: WithoutCentre,
) -> None:
    booth, desk = post.booth, post.desk
    attachment = taken(booth)

    until(lambda: seen(desk, attachment) == SMALL)
    assert not any(SMALL in path.read_bytes() for path in desk.folder.attachments.iterdir())


def test_a_large_one_comes_when_it_is_asked_for(post: WithoutCentre) -> None:
    booth, desk = post.booth, post.desk
    large, small = taken(booth, LARGE), taken(booth)
    until(lambda: seen(desk, small) == SMALL)
    assert seen(desk, large) is None

    with pytest.raises(Refused) as refused:
        desk.do(lambda: content_of(desk.store, large))
    assert refused.value.problems[0].code == "on-its-way"

    until(lambda: seen(desk, large) == LARGE)
    assert desk.do(lambda: content_of(desk.store, large)) == LARGE


def test_what_the_disk_has_spoilt_of_a_neighbours_is_fetched_anew(post: WithoutCentre) -> None:
    booth, desk = post.booth, post.desk
    attachment = taken(booth)
    until(lambda: seen(desk, attachment) == SMALL)
    desk.folder.attachments.joinpath(attachment.address).write_bytes(bytes(attachment.size))

    with pytest.raises(Refused):
        desk.do(lambda: content_of(desk.store, attachment))

    until(lambda: seen(desk, attachment) == SMALL)


def test_an_exchange_killed_in_the_middle_of_a_part_goes_on_there(
    post: WithoutCentre,
) -> None:
    booth, desk, exchange = post.booth, post.desk, post.exchange
    exchange.kill()
    large = taken(booth, LARGE)
    content = booth.folder.attachments.joinpath(large.address).read_bytes()
    here = exchange.folder / "post-attachments" / booth.id
    here.mkdir(parents=True, exist_ok=True)
    (here / f"{large.address}.part").write_bytes(content[: MOST_PART_BYTES // 2])

    exchange.start(*FORWARDING)
    desk.do(lambda: desk.store.attachments.asked_for.setdefault(large.address, large))

    until(lambda: seen(desk, large) == LARGE)
    assert not list(here.glob("*.part"))


def test_an_exchange_that_lost_all_is_brought_it_again(
    post: WithoutCentre,
) -> None:
    booth, desk, exchange = post.booth, post.desk, post.exchange
    attachment = taken(booth)
    until(lambda: seen(desk, attachment) == SMALL)
    exchange.kill()
    for path in exchange.folder.glob("post-attachments/*/*"):
        path.unlink()
    desk.folder.attachments.joinpath(attachment.address).unlink()

    exchange.start(*FORWARDING)

    until(lambda: seen(desk, attachment) == SMALL)


def test_an_exchange_cannot_look_at_what_it_holds(
    post: WithoutCentre,
) -> None:
    booth, desk, exchange = post.booth, post.desk, post.exchange
    attachment = taken(booth)
    until(lambda: seen(desk, attachment) == SMALL)

    assert SMALL[64:256] not in exchange.holds()
    assert bytes.fromhex(attachment.key) not in exchange.holds()


def test_when_the_line_returns_it_is_at_the_centre_once_and_its_workstation_hears_so(
    post: WithoutCentre,
) -> None:
    booth, desk = post.booth, post.desk
    attachments = [taken(booth), taken(booth, a_png(noise=200_000))]
    until(lambda: all(seen(desk, each) for each in attachments))
    assert not booth.do(lambda: is_received(booth.here, attachments[0]))

    with post.returned():
        for each in attachments:
            until(lambda: booth.do(lambda: is_received(booth.here, each)))  # noqa: B023

    there = held(post.centre, booth.id)
    assert all(there[each.address] == ciphertext(booth, each) for each in attachments)


def test_a_workstation_with_a_line_carries_those_of_who_has_none(post: WithoutCentre) -> None:
    """The exchange itself reaches no centre from here on."""
    booth, desk, exchange = post.booth, post.desk, post.exchange
    exchange.kill()
    cut_off(Folder(exchange.folder))
    exchange.start(*FORWARDING)
    attachment = taken(booth, LARGE)

    with post.returned():
        desk.is_online = True
        until(lambda: booth.do(lambda: is_received(booth.here, attachment)))
        desk.is_online = False

    assert held(post.centre, booth.id)[attachment.address] == ciphertext(booth, attachment)


def held(centre: RunningCentre, workstation: str) -> dict[str, bytes]:
    """What the centre has of a workstation's attachments, by their addresses."""
    with closing(Ledger(CentreFolder(centre.folder).database)) as book, book.reading() as reading:
        table = ledger.attachment
        rows = reading.execute(table.select().where(table.c.workstation == workstation)).all()
        return {
            row.address.hex(): b"".join(at_centre.content(reading, workstation, row.address.hex()))
            for row in rows
        }


def ciphertext(running: Running, attachment: Attachment) -> bytes:
    return running.folder.attachments.joinpath(attachment.address).read_bytes()


# what nobody may do


@pytest.fixture
def shelf(tmp_path: Path) -> PostAttachments:
    return PostAttachments(tmp_path / "post-attachments", forward_after=0.0)


def letters(number: int, size: int = 1_000) -> bytes:
    return number.to_bytes(4, "big") * (size // 4)


def call(
    content: bytes, *, by: str = "booth", start: int = 0, part: bytes | None = None
) -> AttachmentCall:
    return AttachmentCall(
        request_id=bytes(16),
        deployment="utopia",
        workstation=by,
        certificate=b"",
        address=sha256(content).digest(),
        size=len(content),
        start=start,
        part=part,
    )


def bring(shelf: PostAttachments, content: bytes, *, by: str = "booth") -> AttachmentAnswer:
    return shelf.answer(call(content, by=by, part=content))


def is_there(shelf: PostAttachments, content: bytes) -> bool:
    return shelf.answer(call(content, by="desk")).part == content


def test_what_is_not_what_its_address_says_is_thrown_away(shelf: PostAttachments) -> None:
    content = letters(1)
    half = len(content) // 2
    shelf.answer(call(content, part=content[:half]))

    answer = shelf.answer(call(content, start=half, part=bytes(half)))

    assert answer.held == 0
    assert list(shelf.folder.glob("*/*")) == []
    bring(shelf, content)
    assert is_there(shelf, content)


def test_a_part_out_of_its_order_changes_nothing(shelf: PostAttachments) -> None:
    content = letters(1)
    shelf.answer(call(content, part=content[:400]))

    assert shelf.answer(call(content, start=800, part=content[800:])).held == 400
    assert shelf.answer(call(content, start=0, part=content[:400])).held == 400
    shelf.answer(call(content, start=400, part=content[400:]))

    assert is_there(shelf, content)


def test_nobody_goes_on_with_what_another_has_begun(shelf: PostAttachments) -> None:
    content = letters(1)
    shelf.answer(call(content, by="bad", part=bytes(400)))

    bring(shelf, content)

    assert is_there(shelf, content)


def test_half_of_one_is_handed_to_nobody(shelf: PostAttachments) -> None:
    content = letters(1)
    shelf.answer(call(content, part=content[:400]))

    assert shelf.answer(call(content, by="desk")).part == b""


def test_too_large_a_one_is_refused(shelf: PostAttachments) -> None:
    content = letters(1)
    one = msgspec.structs.replace(call(content, part=content), size=LARGEST + 1)
    with pytest.raises(TooLarge):
        shelf.answer(one)
    with pytest.raises(Malformed):
        shelf.answer(msgspec.structs.replace(one, size=len(content) - 1))
    assert list(shelf.folder.glob("*/*")) == []


def test_who_brings_too_much_pushes_out_only_his_own(shelf: PostAttachments) -> None:
    shelf.most_of_one = 3_000
    honest = letters(0)
    bring(shelf, honest, by="desk")

    for number in range(1, 10):
        bring(shelf, letters(number), by="bad")

    assert is_there(shelf, honest)
    assert [is_there(shelf, letters(number)) for number in (1, 6, 7, 8, 9)] == [
        *(False, False),
        *(True, True, True),
    ]
    assert shelf.answer(call(letters(1), by="bad")).full


def test_what_the_centre_has_makes_room_first_and_what_found_none_may_come_again(
    shelf: PostAttachments,
) -> None:
    shelf.most_bytes = 2_000
    for number in (1, 2):
        bring(shelf, letters(number))
    assert bring(shelf, letters(3), by="desk").full
    before = shelf.memory

    shelf.centre_has("booth", sha256(letters(2)).hexdigest())

    assert shelf.memory != before
    bring(shelf, letters(3), by="desk")
    assert [is_there(shelf, letters(number)) for number in (1, 2, 3)] == [True, False, True]


def test_a_neighbours_word_that_it_is_at_the_centre_makes_no_room(shelf: PostAttachments) -> None:
    shelf.most_bytes = 1_000
    bring(shelf, letters(1))
    [lying] = shelf.for_centre(time() + 1)

    shelf.note_carried(CarriedAttachment(lying.workstation, lying.address, b"made up"))

    assert bring(shelf, letters(2), by="bad").full
    assert is_there(shelf, letters(1))


def test_what_cannot_be_kept_is_said_and_leaves_nothing_behind(shelf: PostAttachments) -> None:
    in_the_way = shelf.folder / "booth"
    in_the_way.write_bytes(b"")

    assert bring(shelf, letters(1)).full
    in_the_way.unlink()

    bring(shelf, letters(1))
    assert is_there(shelf, letters(1))


def test_what_lies_there_is_there_after_a_restart(shelf: PostAttachments) -> None:
    whole, begun = letters(1), letters(2)
    bring(shelf, whole)
    shelf.answer(call(begun, part=begun[:400]))

    again = PostAttachments(shelf.folder, forward_after=0.0)

    assert is_there(again, whole)
    assert again.answer(call(begun)).held == 400
    assert again.memory != shelf.memory


def test_what_the_disk_has_spoilt_is_not_taken_to_the_centre(shelf: PostAttachments) -> None:
    bring(shelf, letters(1))
    [path] = shelf.folder.glob("*/*")
    path.write_bytes(bytes(1_000))
    [lying] = shelf.for_centre(time() + 1)

    assert not shelf.is_sound(lying)
    assert shelf.answer(call(letters(1))).held == 0


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[CentreHere]:
    centre = CentreHere(tmp_path / "centre")
    yield centre
    centre.close()


def test_only_who_is_certified_and_not_revoked_is_listened_to(
    centre: CentreHere, tmp_path: Path
) -> None:
    keeper = Keeper(
        tmp_path / "post",
        deployment=centre.deployment,
        post_code=POST,
        server_key=centre.server_key,
    )
    booth, thief = (centre.enrol(Folder(tmp_path / name)) for name in ("booth", "thief"))

    assert keeper.proved_call(signed(booth, booth), AttachmentCall)
    with pytest.raises(Forged, match="not the certified"):
        keeper.proved_call(signed(booth, by=thief), AttachmentCall)
    told = Revoked(
        deployment=centre.deployment, post=POST, number=1, until={thief.state.workstation: {}}
    )
    keeper.hear_revocation(revocation.write(told, centre.folder.keys().reply))
    with pytest.raises(Forged, match="revoked"):
        keeper.proved_call(signed(thief, thief), AttachmentCall)


def signed(whose: DeviceKey, by: DeviceKey) -> bytes:
    state = whose.state
    one = msgspec.structs.replace(
        call(SMALL),
        deployment=state.deployment,
        workstation=state.workstation,
        certificate=state.certificate,
    )
    return protocol.sign_request(one, by, deployment=state.deployment).body

"""The keys of reference data: parted among three parties, changed, lost, stolen and renewed.

What workstations make of it is checked by python-tuf's own updater, which has followed from the
first root.
"""

import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from shutil import copytree

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Root, Targets

from sync.server import ceremony, key_files, publisher
from sync.server.ceremony import Proposal
from sync.server.command import Refused
from sync.server.keys import CentreFolder, PublishingKeys
from sync.server.main import main
from sync.server.roles import Parties, signed
from sync.server.shelf import Shelf, read
from tests.centre import RunningCentre, set_up
from tests.follower import Post, alert, publish
from tests.power_cut import killed_at_each_step

WORDS = "four good words of {}"


class Service:
    """A centre and the parties' key files, each on a machine of its own."""

    def __init__(self, path: Path) -> None:
        self.centre = RunningCentre(path / "centre")
        self.machines = path / "machines"
        self.folder = CentreFolder(self.centre.folder)
        self.shelf = Shelf(self.folder.reference)
        self.post = Post(path / "post", self.centre, root=1)

    @classmethod
    def new(cls, path: Path) -> "Service":
        set_up(path / "centre")
        (path / "machines").mkdir()
        return cls(path)

    @property
    def proposal(self) -> Path:
        return self.centre.folder / "proposal.json"

    def key(self, who: str) -> str:
        """A party's key file, made at first use; its pass-phrase is `WORDS` of the name."""
        path = self.machines / who
        if not path.exists():
            key_files.create(path, who, WORDS.format(who))
        return str(path)

    def public(self, who: str) -> str:
        return self.key(who) + key_files.PUBLIC

    def fingerprint(self, who: str) -> str:
        return key_files.read_public(Path(self.public(who))).fingerprint

    def private(self, who: str) -> Ed25519PrivateKey:
        return key_files.open_key(Path(self.key(who)), WORDS.format(who))

    def with_key(self, *who: str) -> tuple[str, ...]:
        """Options that bring keys and their pass-phrases along."""
        reading, writing = os.pipe()
        with os.fdopen(writing, "w") as pipe:
            pipe.writelines(WORDS.format(each) + "\n" for each in who)
        named = (option for each in who for option in ("--key", self.key(each)))
        return (*named, "--passphrase-fd", str(reading))

    def keys(self, step: str, *arguments: str) -> str:
        return self.centre.run("keys", step, *arguments)

    def sign(self, *who: str) -> str:
        said = ""
        for each in who:
            said = self.keys("sign", str(self.proposal), "--yes", *self.with_key(each))
        return said

    def part(self) -> None:
        """The whole ceremony that takes the keys out of the centre's folder."""
        roots = [option for who in "ABC" for option in ("--root", self.public(who))]
        lists, releases = ("--lists", self.public("L")), ("--releases", self.public("R"))
        self.keys("propose", *roots, *lists, *releases)
        self.sign("A", "C")
        published = self.shelf.published().roles
        again = ["L"] if "watchlist" in published else []
        self.keys("install", *(self.with_key(*again) if again else ()))

    def refused(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
        """What `checkpoint-server` says when it does not do something."""
        capsys.readouterr()
        [command, *rest] = arguments
        assert main([command, "--data", str(self.centre.folder), *rest]) == 2
        return capsys.readouterr().err


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """All keys lie in the centre's folder."""
    return Service.new(tmp_path / "service")


@pytest.fixture(scope="module")
def once_parted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ceremony, with a list published before and one after."""
    path = tmp_path_factory.mktemp("parted")
    service = Service.new(path)
    publish(service.centre, alert("A-1"))
    assert service.post.newest() == [alert("A-1")]
    service.part()
    publish(service.centre, alert("A-2"), options=service.with_key("L"))
    return path


@pytest.fixture
def parted(tmp_path: Path, once_parted: Path) -> Service:
    """The keys are parted, and the post has followed from the first root."""
    copytree(once_parted, tmp_path / "service")
    service = Service(tmp_path / "service")
    assert service.post.newest() == [alert("A-2")]
    return service


# --- key files ----------------------------------------------------------------------------------


def test_a_key_opens_with_its_pass_phrase_only(tmp_path: Path) -> None:
    holder = key_files.create(tmp_path / "key", "Айгуль", "четыре слова йод")

    opened = key_files.open_key(tmp_path / "key", "четыре слова и\u0306од")

    assert opened.public_key().public_bytes_raw() == holder.public
    assert key_files.read_public(tmp_path / "key.public") == holder
    with pytest.raises(Refused, match="pass-phrase is wrong"):
        key_files.open_key(tmp_path / "key", "четыре слова йот")


def test_the_file_tells_nothing_of_the_key(tmp_path: Path) -> None:
    key_files.create(tmp_path / "key", "A", "four good words")
    key = key_files.open_key(tmp_path / "key", "four good words")

    content = (tmp_path / "key").read_bytes() + (tmp_path / "key.public").read_bytes()
    assert key.private_bytes_raw() not in content
    assert key.private_bytes_raw().hex().encode() not in content
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0


def test_another_name_in_a_key_file_opens_nothing(tmp_path: Path) -> None:
    key_files.create(tmp_path / "key", "Lists", "four good words")
    content = (tmp_path / "key").read_bytes()
    (tmp_path / "key").write_bytes(content.replace(b"Lists", b"Roots"))

    with pytest.raises(Refused, match="did not open"):
        key_files.open_key(tmp_path / "key", "four good words")


def test_a_party_makes_its_key_without_a_centre(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reading, writing = os.pipe()
    os.write(writing, "четыре добрых слова\n".encode())
    os.close(writing)
    path = str(tmp_path / "key")

    assert main(["keys", "new", path, "--holder", "Lists", "--passphrase-fd", str(reading)]) == 0

    holder = key_files.read_public(tmp_path / "key.public")
    assert holder.fingerprint in capsys.readouterr().out
    assert key_files.open_key(tmp_path / "key", "четыре добрых слова")


def test_without_a_pass_phrase_no_key_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    path = str(tmp_path / "key")

    assert main(["keys", "new", path, "--holder", "A", "--passphrase-fd", str(nothing)]) == 2

    assert "is missing from --passphrase-fd" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_weak_pass_phrase_makes_no_key(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="at least 12 characters"):
        key_files.create(tmp_path / "key", "A", "short")

    assert list(tmp_path.iterdir()) == []


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    key_files.create(tmp_path / "key", "A", "four good words")
    before = (tmp_path / "key").read_bytes()

    with pytest.raises(Refused, match="is there already"):
        key_files.create(tmp_path / "key", "A", "four good words")

    assert (tmp_path / "key").read_bytes() == before


def test_a_private_key_is_not_taken_where_the_public_part_is_asked_for(
    service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    said = service.refused(capsys, "keys", "propose", "--lists", service.key("L"))

    assert "is a private key: its holder keeps it. Hand over L.public." in said


# --- parting the keys ---------------------------------------------------------------------------


def test_the_private_keys_leave_the_folder(parted: Service) -> None:
    signing = parted.folder.path / "keys" / "signing"

    online = parted.shelf.published().root.get_delegated_role("timestamp").keyids
    assert [path.name.replace("-", "") for path in signing.iterdir()] == [
        keyid[:24] for keyid in online
    ]


def test_only_the_holder_of_the_lists_key_publishes(
    parted: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = str(parted.centre.folder / "list.jsonl")

    without = parted.refused(capsys, "publish", listed)
    with_another = parted.refused(capsys, "publish", listed, *parted.with_key("R"))
    with_root = parted.refused(capsys, "publish", listed, *parted.with_key("A"))

    assert f"L has it ({parted.fingerprint('L')}): add --key FILE." in without
    assert "may not sign for watchlist, only that of L may" in with_another
    assert "may not sign for watchlist" in with_root
    assert parted.shelf.news({}).channels == {"watchlist": 2}


def test_only_the_holder_of_the_releases_key_publishes_programs(
    parted: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "setup.msi").write_bytes(b"program")
    command = ("publish", "--channel", "releases", str(tmp_path / "setup.msi"))

    refused = parted.refused(capsys, *command, *parted.with_key("L"))
    parted.centre.run(*command, *parted.with_key("R"))

    assert "may not sign for releases, only that of R may" in refused
    assert parted.shelf.news({}).channels == {"watchlist": 2, "releases": 1}
    assert parted.post.fetch(parted.shelf.news({}).metadata, "releases-1.snapshot")


def test_a_wrong_pass_phrase_publishes_nothing(
    parted: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"another pass-phrase\n")
    os.close(writing)
    listed = str(parted.centre.folder / "list.jsonl")
    key = ("--key", parted.key("L"), "--passphrase-fd", str(reading))

    assert "did not open" in parted.refused(capsys, "publish", listed, *key)
    assert parted.shelf.news({}).channels == {"watchlist": 2}


def test_a_new_workstation_pins_the_newest_root(parted: Service) -> None:
    provisioning = msgspec.json.decode(
        parted.centre.run(*("token", "--post", "OSH-01", "--url", "http://127.0.0.1", "--out", "-"))
    )

    pinned = msgspec.json.decode(msgspec.convert(provisioning["tuf_root"], bytes, strict=False))
    assert pinned["signed"]["version"] == 2


def test_one_root_holder_alone_changes_nothing(
    parted: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    parted.keys("propose", "--lists", parted.public("M"))
    parted.sign("B")

    said = parted.refused(capsys, "keys", "install")

    assert "still lacks 1 of the 2 signatures" in said
    assert parted.shelf.published().root.version == 2
    assert "M" not in parted.keys("status").partition("A proposal")[0].split()


def test_the_same_holder_twice_is_one(parted: Service, capsys: pytest.CaptureFixture[str]) -> None:
    parted.keys("propose", "--lists", parted.public("M"))
    parted.sign("B", "B")

    assert "still lacks 1" in parted.refused(capsys, "keys", "install")


def test_copies_signed_apart_count_together(parted: Service, tmp_path: Path) -> None:
    parted.keys("propose", "--releases", parted.public("S"))
    copy = tmp_path / "copy.json"
    copy.write_bytes(parted.proposal.read_bytes())
    parted.sign("A")
    parted.keys("sign", str(copy), "--yes", *parted.with_key("B"))

    parted.keys("install", str(parted.proposal), str(copy))

    assert parted.fingerprint("S") in parted.keys("status")


def test_who_signs_is_told_all_that_changes(parted: Service) -> None:

    parted.keys("propose", "--lists", parted.public("M"), "--years", "3")
    said = parted.sign("A")

    until = datetime.now(UTC) + timedelta(days=3 * 365)
    assert f"valid until {until:%Y-%m-%d}" in said
    assert f"{parted.fingerprint('M')}  M  (NEW)" in said
    assert f"{parted.fingerprint('R')}  R  (stays)" in said
    assert said.index("Good for nothing from then on:") < said.index(parted.fingerprint("L"))
    assert "Of the root holders have signed: A (1 more must sign)." in said


def test_without_a_clear_yes_nothing_is_signed(
    parted: Service, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    parted.keys("propose", "--lists", parted.public("M"))
    before = parted.proposal.read_bytes()
    monkeypatch.setattr("sys.stdin", StringIO(""))

    said = parted.refused(capsys, "keys", "sign", str(parted.proposal), *parted.with_key("A"))

    assert "There is no terminal to ask: use --yes" in said
    assert parted.proposal.read_bytes() == before


def test_a_key_that_is_not_asked_for_does_not_sign(
    parted: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    parted.keys("propose", "--lists", parted.public("M"))
    sign = ("keys", "sign", str(parted.proposal), "--yes")

    assert "does not ask for this key" in parted.refused(capsys, *sign, *parted.with_key("M"))
    assert "does not ask for this key" in parted.refused(capsys, *sign, *parted.with_key("L"))


def test_one_key_does_not_stand_for_two_parties(
    service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    both = ("--lists", service.public("L"), "--releases", service.public("L"))

    assert "One key stands for two parties" in service.refused(capsys, "keys", "propose", *both)


def test_three_root_holders_are_needed(
    service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    two = [option for who in "AB" for option in ("--root", service.public(who))]

    assert "There are 3 root holders" in service.refused(capsys, "keys", "propose", *two)


# --- forged proposals ---------------------------------------------------------------------------


def forge(service: Service, proposal: Proposal, **parts: bytes) -> None:
    service.proposal.write_bytes(ceremony.encode(msgspec.structs.replace(proposal, **parts)))


def test_a_proposal_says_nothing_that_is_not_told_in_words(
    parted: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    parted.keys("propose", "--lists", parted.public("M"))
    proposal = ceremony.decode(parted.proposal.read_bytes())
    lower, later = read(Root, proposal.root), read(Root, proposal.root)
    lower.roles[Root.type].threshold = 1
    later.version += 1
    wider = read(Targets, proposal.targets)
    assert wider.delegations is not None
    assert wider.delegations.roles is not None
    wider.delegations.roles["watchlist"].paths = ["*"]

    for part, content in (
        ("root", signed(lower, [])),
        ("root", signed(later, [])),
        ("targets", signed(wider, [])),
    ):
        forge(parted, proposal, **{part: content})
        sign = ("keys", "sign", str(parted.proposal), "--yes", *parted.with_key("A"))
        assert "Do not sign it" in parted.refused(capsys, *sign)


def test_a_proposal_that_begins_with_invented_keys_is_not_signed(
    service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Service.new(tmp_path / "other")
    service.keys("propose", "--lists", service.public("M"))
    proposal = ceremony.decode(service.proposal.read_bytes())
    forge(service, proposal, before_root=other.shelf.newest_root())

    said = service.refused(
        capsys, "keys", "sign", str(service.proposal), "--yes", *service.with_key("A")
    )

    assert "does not begin with keys that were ever in force" in said


@pytest.mark.parametrize("content", [b"", b"{}", b"[1", b"\xff", b'{"kind":"other"}'])
def test_what_is_no_proposal_is_told_in_one_sentence(
    service: Service, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    service.proposal.write_bytes(content)

    assert "This is no proposal" in service.refused(capsys, "keys", "install")


def test_another_centres_proposal_is_not_installed(
    service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Service.new(tmp_path / "other")
    other.keys("propose", "--new-online")

    said = service.refused(capsys, "keys", "install", str(other.proposal))

    assert "does not follow the keys in force" in said


# --- changing keys ------------------------------------------------------------------------------


def test_a_lost_lists_key_is_replaced_by_the_root_holders(
    parted: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    parted.keys("propose", "--lists", parted.public("M"))
    parted.sign("A", "B")

    without = parted.refused(capsys, "keys", "install")
    parted.keys("install", *parted.with_key("M"))

    assert f"signed again by M ({parted.fingerprint('M')}): add --key FILE." in without
    assert parted.post.newest() == [alert("A-2")]
    publish(parted.centre, alert("A-3"), options=parted.with_key("M"))
    assert parted.post.newest() == [alert("A-3")]
    listed = str(parted.centre.folder / "list.jsonl")
    said = parted.refused(capsys, "publish", listed, *parted.with_key("L"))
    assert "only that of M may" in said


def test_a_list_under_the_key_that_was_replaced_is_refused(parted: Service) -> None:
    parted.keys("propose", "--lists", parted.public("M"))
    parted.sign("A", "B")
    parted.keys("install", *parted.with_key("M"))
    assert parted.post.newest() == [alert("A-2")]

    stolen = PublishingKeys(role=parted.private("L"), online=online_of(parted))
    publish_as(parted, stolen)

    with pytest.raises(RepositoryError):
        parted.post.newest()


def test_a_root_holder_is_replaced_by_the_old_and_the_new_together(
    parted: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    parted.keys("propose", "--replace-root", parted.fingerprint("B")[:9], parted.public("D"))

    parted.sign("D")
    said = parted.sign("A")
    assert "Of the old root holders have signed: A (1 more must sign)." in said
    assert "Of the new root holders have signed: A, D (enough)." in said
    assert "signatures that the old root holders must give" in parted.refused(
        capsys, "keys", "install"
    )
    parted.sign("B")  # who leaves may still agree to it
    parted.keys("install")

    assert parted.fingerprint("D") in parted.keys("status")
    assert parted.post.newest() == [alert("A-2")]


def test_all_root_holders_can_be_replaced_at_once(parted: Service, tmp_path: Path) -> None:
    roots = [option for who in "DEF" for option in ("--root", parted.public(who))]
    parted.keys("propose", *roots)
    parted.sign("A", "C", "D", "F")

    parted.keys("install")

    assert parted.shelf.published().root.version == 3
    assert parted.post.newest() == [alert("A-2")]
    assert Post(tmp_path / "new", parted.centre).newest() == [alert("A-2")]


def test_a_change_is_published_to_whoever_was_away_for_several(parted: Service) -> None:
    late = parted.post
    for new in ("M", "N", "O"):
        parted.keys("propose", "--lists", parted.public(new))
        parted.sign("A", "B")
        parted.keys("install", *parted.with_key(new))
    publish(parted.centre, alert("A-9"), options=parted.with_key("O"))

    assert late.newest() == [alert("A-9")]


def test_what_is_valid_is_renewed_without_any_new_key(parted: Service) -> None:
    parted.keys("propose", "--years", "20")
    parted.sign("B", "C")

    parted.keys("install")

    until = datetime.now(UTC) + timedelta(days=20 * 365)
    assert f"version 3, valid until {until:%Y-%m-%d}" in parted.keys("status")
    assert parted.post.newest() == [alert("A-2")]


def test_lists_may_be_published_while_a_proposal_is_under_way(parted: Service) -> None:
    parted.keys("propose", "--lists", parted.public("M"))
    publish(parted.centre, alert("A-3"), options=parted.with_key("L"))
    parted.sign("A", "B")

    parted.keys("install", *parted.with_key("M"))

    assert parted.post.newest() == [alert("A-3")]


def test_a_proposal_that_was_overtaken_is_refused(
    parted: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parted.keys("propose", "--lists", parted.public("M"), "--out", str(tmp_path / "old.json"))
    parted.keys("propose", "--releases", parted.public("S"))
    parted.sign("A", "B")
    parted.keys("install")

    said = parted.refused(capsys, "keys", "install", str(tmp_path / "old.json"))

    assert "does not follow the keys in force" in said


def test_installing_twice_is_no_harm(parted: Service, tmp_path: Path) -> None:
    parted.keys("propose", "--new-online")
    parted.sign("A", "B")
    again = tmp_path / "again.json"
    again.write_bytes(parted.proposal.read_bytes())
    parted.keys("install")
    leftover = Ed25519PrivateKey.generate()  # the power went before it was deleted
    parted.folder.keep_signing_key(leftover)

    parted.keys("install", str(again))

    assert parted.shelf.published().root.version == 3
    assert len(list((parted.folder.path / "keys" / "signing").iterdir())) == 1


def test_a_power_cut_at_any_step_leaves_the_old_keys_in_force_or_the_new(
    parted: Service, tmp_path: Path
) -> None:
    parted.keys(
        "propose", "--new-online", "--replace-root", parted.fingerprint("B"), parted.public("D")
    )
    parted.sign("A", "B", "D")
    roots = []

    def look() -> None:
        roots.append(parted.shelf.published().root.version)
        new = Post(tmp_path / f"new-{len(roots)}", parted.centre, root=1)
        assert new.newest() == parted.post.newest() == [alert("A-2")]

    killed = killed_at_each_step(["keys", "--data", str(parted.centre.folder), "install"], look)

    assert killed == 8  # root, targets, snapshot, timestamp: content and name of each
    assert roots == sorted(roots)
    assert set(roots) == {2, 3}
    assert len(list((parted.folder.path / "keys" / "signing").iterdir())) == 1
    publish(parted.centre, alert("A-3"), options=parted.with_key("L"))
    assert parted.post.newest() == [alert("A-3")]


# --- recovering from a break-in -----------------------------------------------------------------


def online_of(service: Service) -> Ed25519PrivateKey:
    """What a thief finds in the server's folder."""
    published = service.shelf.published()
    parties = Parties.of(published.root, published.targets)
    return service.folder.online_key(parties.online)


def publish_as(service: Service, keys: PublishingKeys, *, version: int = 0) -> None:
    with service.shelf.alone():
        publisher.publish_lines(
            service.shelf,
            keys,
            service.folder.keys().channels["watchlist"],
            publisher.lines_by_alert([alert("FALSE-1")]),
            now=datetime.now(UTC),
            version=version,
        )


def driven_up(service: Service, online: Ed25519PrivateKey) -> Mapping[str, bytes]:
    """What a thief of the server's own key says is newest: the same lists, versions far ahead."""
    published = service.shelf.published()
    meta = dict(published.snapshot.meta)
    ahead = publisher.newest_said(
        online, root=published.root.version, version=1_000, meta=meta, now=datetime.now(UTC)
    )
    return service.shelf.news({}).metadata | ahead


def test_versions_driven_up_by_a_thief_of_the_servers_key_are_forgotten_with_the_key(
    parted: Service,
) -> None:
    ahead = driven_up(parted, online_of(parted))
    assert parted.post.update(ahead, "watchlist-2.snapshot") == [alert("A-2")]
    publish(parted.centre, alert("A-3"), options=parted.with_key("L"))
    with pytest.raises(RepositoryError):
        parted.post.newest()

    parted.keys("propose", "--new-online")
    parted.sign("A", "C")
    parted.keys("install")

    assert parted.post.newest() == [alert("A-3")]


def test_false_lists_under_stolen_keys_are_overtaken_with_new_ones(
    parted: Service, tmp_path: Path
) -> None:
    before = copytree(parted.folder.reference, tmp_path / "before")
    stolen = PublishingKeys(role=parted.private("L"), online=online_of(parted))
    publish_as(parted, stolen, version=10**9)
    assert parted.post.newest() == [alert("FALSE-1")]
    for name in ("metadata", "targets"):  # the centre itself comes back from its backup
        copytree(before / name, parted.folder.reference / name, dirs_exist_ok=True)

    parted.keys("propose", "--new-online", "--lists", parted.public("M"))
    parted.sign("A", "B")
    parted.keys("install", *parted.with_key("M"))
    ahead = ("--version", str(10**9 + 1))
    publish(parted.centre, alert("A-3"), options=(*ahead, *parted.with_key("M")))

    assert parted.shelf.news({}).channels == {"watchlist": 10**9 + 1}
    assert parted.post.newest() == [alert("A-3")]


def test_a_lost_server_key_is_told_and_replaced(
    parted: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    [lost] = (parted.folder.path / "keys" / "signing").iterdir()
    lost.unlink()
    listed = str(parted.centre.folder / "list.jsonl")

    said = parted.refused(capsys, "publish", listed, *parted.with_key("L"))
    assert "keys propose --new-online" in said
    assert "the server's own key is missing" in parted.keys("status")
    parted.keys("propose", "--new-online")
    parted.sign("A", "B")
    parted.keys("install")

    assert parted.post.newest() == [alert("A-2")]


# --- what to do next ----------------------------------------------------------------------------


def next_step(service: Service) -> str:
    return service.centre.run("keys").rpartition("Next: ")[2]


def test_each_step_names_the_next(service: Service) -> None:
    assert "keys lie in this folder that others should hold" in next_step(service)
    roots = [option for who in "ABC" for option in ("--root", service.public(who))]
    service.keys(
        *("propose", *roots, "--lists", service.public("L"), "--releases", service.public("R"))
    )
    assert "carry the proposal to the root holders" in next_step(service)
    assert service.sign("A").endswith(f"Next: carry {service.proposal} to the next root holder.\n")
    assert service.sign("B").endswith("Next, at the centre: keys install.\n")
    assert "the proposal has all signatures" in next_step(service)
    service.keys("install")
    assert (
        next_step(service) == "nothing. Everything is signed, and every key is where it belongs.\n"
    )


def test_what_runs_out_is_told_in_time(service: Service) -> None:
    service.keys("propose", "--years", "1")  # signed by the keys that lie in the folder
    service.keys("install")

    assert "runs out within a year: keys propose" in next_step(service)


def test_the_keys_of_a_folder_without_a_centre_are_told_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["keys", "--data", str(tmp_path)]) == 2
    assert "holds no centre" in capsys.readouterr().err
    assert main(["keys"]) == 2
    assert "--data DIR" in capsys.readouterr().err


def test_a_whole_demonstration_goes_on_without_a_ceremony(service: Service) -> None:
    publish(service.centre, alert("A-1"))
    service.keys("propose", "--new-online")
    service.keys("install")
    publish(service.centre, alert("A-2"))

    assert service.post.newest() == [alert("A-2")]
    assert len(list((service.folder.path / "keys" / "signing").iterdir())) == 6

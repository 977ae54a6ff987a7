"""Who may sign reference data: the first keys, and every change that the root holders agree to.

A change is a proposal in a file: the next root and the next targets of The Update Framework, beside
those in force. The root holders sign it in turn, each on his own machine; when two of those before
and two of those after have signed, the centre puts it into force. A proposal says nothing that
`Difference` cannot say in words: whatever else stands in it is refused.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal, TypeVar

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, Targets
from tuf.api.serialization import DeserializationError

from checkpoint_client.records.decoders import json_decoder
from sync.server import publisher
from sync.server.keys import CentreFolder, NotReady
from sync.server.roles import (
    ROOTS_NEEDED,
    Holder,
    Parties,
    holder_of,
    make_root,
    make_targets,
    signed,
    to_bytes,
)
from sync.server.shelf import Published, Shelf, read

ROOT_HOLDERS: Final = 3
HERE: Final = "this centre"

S = TypeVar("S", Root, Targets)


class NotGood(Exception):
    """A proposal that cannot be made, signed or put into force: plain words and what to do."""


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What travels among the root holders (JSON). All four are signed metadata, of TUF's format.

    `before_*` are in force, the other two are proposed, with the signatures they have so far.
    """

    kind: Literal["checkpoint-key-proposal"] = "checkpoint-key-proposal"
    version: Literal[1] = 1
    deployment: str
    made_at: datetime
    before_root: bytes
    before_targets: bytes
    root: bytes
    targets: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to change; what is left out stays as it is.

    `roots`: all of them anew; `in_place_of`: new root holders by the fingerprint of whom they
    replace; `life`: how long it is valid.
    """

    roots: tuple[Holder, ...] = ()
    in_place_of: Mapping[str, Holder] | None = None
    lists: Holder | None = None
    releases: Holder | None = None
    online: Holder | None = None
    life: timedelta = publisher.LIFE


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a proposal says: who may sign before and after, and until when."""

    before: Parties
    after: Parties
    expires: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Some of these holders must sign: `needed` of them, `signed` have."""

    who: Literal["old", "new"]
    holders: tuple[Holder, ...]
    signed: tuple[Holder, ...]
    needed: int

    @property
    def missing(self) -> int:
        return max(self.needed - len(self.signed), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """What went live: the root's version, and the private keys that left the folder."""

    version: int
    gone: list[str]


def begin(folder: CentreFolder, shelf: Shelf, *, now: datetime) -> None:
    """A centre that works by itself: every key is made here and lies in its folder."""
    roots = [Ed25519PrivateKey.generate() for _ in range(ROOT_HOLDERS)]
    lists, releases, online = (Ed25519PrivateKey.generate() for _ in range(3))
    for key in (*roots, lists, releases, online):
        folder.keep_signing_key(key)
    parties = Parties(
        roots=tuple(holder_of(f"{HERE} ({n})", key) for n, key in enumerate(roots, start=1)),
        lists=holder_of(HERE, lists),
        releases=holder_of(HERE, releases),
        online=holder_of(HERE, online),
    )
    folder.drop_signing_keys(but=parties.everybody)  # of an attempt that failed
    publisher.prepare(shelf, parties, roots, online, now=now)


def propose(folder: CentreFolder, shelf: Shelf, wish: Wish, *, now: datetime) -> Proposal:
    """The proposal, with the signatures of the root keys that lie in this folder.

    Raises `NotGood`.
    """
    published = shelf.published()
    before = Parties.of(published.root, published.targets)
    after = _wished(before, wish)
    expires = publisher.expiry(now, wish.life)
    root = make_root(after, version=published.root.version + 1, expires=expires)
    targets = make_targets(after, version=published.targets.version + 1, expires=expires)
    proposal = Proposal(
        deployment=folder.deployment().name,
        made_at=now,
        before_root=shelf.root(published.root.version),
        before_targets=published.metadata[f"{published.targets.version}.targets.json"],
        root=signed(root, []),
        targets=signed(targets, []),
    )
    for holder in dict.fromkeys((*before.roots, *after.roots)):
        if key := folder.signing_key(holder):
            proposal = sign(proposal, key)
    return proposal


def new_online(folder: CentreFolder) -> Holder:
    """A new key of the server's own, which stays in its folder."""
    key = Ed25519PrivateKey.generate()
    folder.keep_signing_key(key)
    return holder_of(HERE, key)


def decode(content: bytes) -> Proposal:
    """Raises `NotGood`."""
    try:
        proposal = json_decoder(Proposal).decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise NotGood("This is no proposal, or not a whole one: ask for it again.") from None
    _Opened(proposal).check()
    return proposal


def encode(proposal: Proposal) -> bytes:
    return msgspec.json.format(msgspec.json.encode(proposal))


def difference(proposal: Proposal) -> Difference:
    opened = _Opened(proposal)
    return Difference(before=opened.before, after=opened.after, expires=opened.root.signed.expires)


def needs(proposal: Proposal) -> tuple[Need, Need]:
    """Whose signatures it takes: of the holders before, and of those after."""
    opened = _Opened(proposal)
    root, targets = opened.root, opened.targets
    by_old = opened.before_root.signed.get_verification_result(
        Root.type, root.signed_bytes, root.signatures
    ).signed
    by_new = root.signed.get_verification_result(
        Root.type, root.signed_bytes, root.signatures
    ).signed
    of_targets = root.signed.get_verification_result(
        Targets.type, targets.signed_bytes, targets.signatures
    ).signed
    both = by_new.keys() & of_targets.keys()
    old, new = opened.before.roots, opened.after.roots
    return (
        Need(
            who="old",
            holders=old,
            signed=tuple(holder for holder in old if holder.key.keyid in by_old),
            needed=ROOTS_NEEDED,
        ),
        Need(
            who="new",
            holders=new,
            signed=tuple(holder for holder in new if holder.key.keyid in both),
            needed=ROOTS_NEEDED,
        ),
    )


def follows(proposal: Proposal, published: Published) -> bool:
    """Whether it changes the keys that are in force."""
    opened = _Opened(proposal)
    before = (opened.before_root.signed, opened.before_targets.signed)
    return before == (published.root, published.targets)


def is_live(proposal: Proposal, published: Published) -> bool:
    """Whether it is in force, though private keys may still be left to delete."""
    opened = _Opened(proposal)
    return (opened.root.signed, opened.targets.signed) == (published.root, published.targets)


def sign(proposal: Proposal, key: Ed25519PrivateKey) -> Proposal:
    """With one signature more. Raises `NotGood` if this key is not asked for."""
    opened = _Opened(proposal)
    public = holder_of("", key).public
    is_old = public in {holder.public for holder in opened.before.roots}
    is_new = public in {holder.public for holder in opened.after.roots}
    if not (is_old or is_new):
        raise NotGood("The proposal does not ask for this key: only root holders sign it.")
    opened.root.sign(CryptoSigner(key), append=True)
    if is_new:
        opened.targets.sign(CryptoSigner(key), append=True)
    return opened.proposal()


def merge(proposals: Sequence[Proposal]) -> Proposal:
    """One proposal with the signatures of all copies. Raises `NotGood` if they are not of one."""
    first = _Opened(proposals[0])
    for other in map(_Opened, proposals[1:]):
        if (other.root.signed, other.targets.signed) != (first.root.signed, first.targets.signed):
            raise NotGood("These are different proposals: name copies of one.")
        first.root.signatures |= other.root.signatures
        first.targets.signatures |= other.targets.signatures
    return first.proposal()


def install(
    folder: CentreFolder,
    shelf: Shelf,
    proposal: Proposal,
    lent: Iterable[Ed25519PrivateKey],
    *,
    now: datetime,
) -> Installed:
    """Put a proposal into force, all at once, then delete private keys that have no use here.

    `lent`: keys that parties have brought along, to sign again what a key signed that is taken
    away. For who holds the shelf alone. Done again, it only finishes. Raises `NotGood`, `NotReady`.
    """
    opened = _Opened(proposal)
    published = shelf.published()
    if not is_live(proposal, published):
        if not follows(proposal, published):
            raise NotGood(
                "The proposal does not follow the keys in force, which have changed since it was"
                " made: make a new one with `checkpoint-server keys propose`."
            )
        _must_be_signed(proposal)
        keys = {holder_of("", key).public: key for key in lent}
        metadata = _signed_again(folder, published, opened.after, keys, now)
        metadata[Root.type] = proposal.root
        metadata[Targets.type] = proposal.targets
        online = folder.online_key(opened.after.online)
        publisher.install(shelf, online, metadata, root=opened.root.signed.version, now=now)
    return Installed(
        version=opened.root.signed.version,
        gone=folder.drop_signing_keys(but=opened.after.everybody),
    )


class _Opened:
    """A proposal, its parts as objects."""

    def __init__(self, proposal: Proposal) -> None:
        self._proposal = proposal
        try:
            self.before_root = _metadata(Root, proposal.before_root)
            self.before_targets = _metadata(Targets, proposal.before_targets)
            self.root = _metadata(Root, proposal.root)
            self.targets = _metadata(Targets, proposal.targets)
            self.before = Parties.of(self.before_root.signed, self.before_targets.signed)
            self.after = Parties.of(self.root.signed, self.targets.signed)
        except (DeserializationError, ValueError, KeyError) as error:
            raise NotGood("The proposal is damaged: ask for it again.") from error

    def check(self) -> None:
        """Raises `NotGood`."""
        before, root, targets = self.before_root.signed, self.root.signed, self.targets.signed
        try:
            for role, metadata in (
                (Root.type, self.before_root),
                (Targets.type, self.before_targets),
            ):
                before.verify_delegate(role, metadata.signed_bytes, metadata.signatures)
        except RepositoryError as error:
            raise NotGood(
                "The proposal does not begin with keys that were ever in force: it is damaged or"
                " forged. Do not sign it."
            ) from error
        version = self.before_targets.signed.version + 1
        told_root = make_root(self.after, version=before.version + 1, expires=root.expires)
        told_targets = make_targets(self.after, version=version, expires=root.expires)
        if (root, targets) != (told_root, told_targets):
            raise NotGood(
                "The proposal holds more than can be told in words: it is forged. Do not sign it."
            )

    def proposal(self) -> Proposal:
        return msgspec.structs.replace(
            self._proposal, root=to_bytes(self.root), targets=to_bytes(self.targets)
        )


def _metadata(kind: type[S], content: bytes) -> "Metadata[S]":
    read(kind, content)
    metadata: Metadata[S] = Metadata.from_bytes(content)
    return metadata


def _wished(before: Parties, wish: Wish) -> Parties:
    roots = wish.roots or before.roots
    if wish.in_place_of:
        roots = tuple(wish.in_place_of.get(each.fingerprint, each) for each in roots)
    after = replace(
        before,
        roots=roots,
        lists=wish.lists or before.lists,
        releases=wish.releases or before.releases,
        online=wish.online or before.online,
    )
    if len(after.roots) != ROOT_HOLDERS:
        raise NotGood(f"There are {ROOT_HOLDERS} root holders: name {ROOT_HOLDERS} public keys.")
    keys = [holder.public for holder in after.everybody]
    if len(set(keys)) < len(keys):
        raise NotGood("One key stands for two parties: each party makes a key of its own.")
    return after


def _must_be_signed(proposal: Proposal) -> None:
    for need in needs(proposal):
        if need.missing:
            raise NotGood(
                f"The proposal still lacks {need.missing} of the {need.needed} signatures that"
                f" the {need.who} root holders must give: see `checkpoint-server keys`."
            )


def _signed_again(
    folder: CentreFolder,
    published: Published,
    after: Parties,
    lent: Mapping[bytes, Ed25519PrivateKey],
    now: datetime,
) -> dict[str, bytes]:
    """What is published already, under the keys that sign for it from now on."""
    before = Parties.of(published.root, published.targets)
    metadata = {}
    for role, said in published.roles.items():
        holder = after.of_role(role)
        if holder.public == before.of_role(role).public:
            continue
        key = lent.get(holder.public) or folder.signing_key(holder)
        if key is None:
            raise NotReady(
                f"{role} is published under a key that is taken away now, so it must be signed"
                f" again by {holder.name} ({holder.fingerprint}): add --key FILE."
            )
        again = Targets(
            version=said.version + 1, expires=publisher.expiry(now), targets=said.targets
        )
        metadata[role] = signed(again, [key])
    return metadata

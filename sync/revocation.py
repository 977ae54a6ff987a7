"""Whom of a post nobody is to believe any more, by the centre's signed word.

The word goes from hand to hand: a reply brings it to whoever has a line, and the post's exchanges
to the others. What the centre held of a journal when its workstation was revoked stays believed.
"""

from collections.abc import Mapping
from contextlib import suppress

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from checkpoint_client.journal import signatures
from checkpoint_client.journal.entry import Origin
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import CannotOpen
from sync import protocol
from sync.protocol import POST_KEY, Count, Forged, Malformed, Message, Name


class Revoked(Message, frozen=True, kw_only=True):
    """`until`: of each revoked workstation, how far to believe which of its journals.

    `number` rises with every revocation at this post, and names the key that it led to.
    """

    deployment: Name
    post: Name
    number: Count
    until: dict[Name, dict[Count, Count]]

    def is_revoked(self, workstation: str) -> bool:
        return workstation in self.until

    def believed(self, origin: Origin) -> int | None:
        """The last position to be taken over of a journal, None where all of it is."""
        if origin.workstation not in self.until:
            return None
        return self.until[origin.workstation].get(origin.incarnation, 0)


def write(revoked: Revoked, key: Ed25519PrivateKey) -> bytes:
    return protocol.write_statement(revoked, key, signatures.REVOKED)


def read(statement: bytes, *, deployment: str, post: str, server_key: bytes) -> Revoked:
    """Raises `Malformed`, `Forged`."""
    revoked = protocol.read_statement(statement, Revoked, signatures.REVOKED, server_key=server_key)
    if (revoked.deployment, revoked.post) != (deployment, post):
        raise Forged("the centre's word on another post")
    return revoked


def known(device: DeviceKey) -> Revoked:
    """What this workstation has been told; of nobody, if nothing."""
    state = device.state
    nobody = Revoked(deployment=state.deployment, post=state.post, number=0, until={})
    try:
        return _read(state.revoked, device) if state.revoked else nobody
    except (Malformed, Forged):  # of an earlier key of the centre
        return nobody


def take(device: DeviceKey, statement: bytes, post_keys: Mapping[int, bytes]) -> None:
    """Whom not to believe any more, and the keys that they have not got; older keys are kept."""
    with suppress(Malformed, Forged):
        hear(device, statement)
    if device.state.wipe:  # what was destroyed does not come again
        return
    with suppress(CannotOpen):  # of an earlier key of this workstation: they come again
        opened = {
            number: device.open(protocol.sealed_for(POST_KEY), sealed)
            for number, sealed in post_keys.items()
        }
        if opened.keys() - device.state.post_keys.keys():
            device.update(post_keys={**device.state.post_keys, **opened})


def hear(device: DeviceKey, statement: bytes) -> bool:
    """Keep a later word of the centre; whether it was later. Raises `Malformed`, `Forged`."""
    if not statement or statement == device.state.revoked:
        return False
    if _read(statement, device).number <= known(device).number:
        return False
    device.update(revoked=statement)
    return True


def _read(statement: bytes, device: DeviceKey) -> Revoked:
    state = device.state
    return read(
        statement, deployment=state.deployment, post=state.post, server_key=state.server_key
    )

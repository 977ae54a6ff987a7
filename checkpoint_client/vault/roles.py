"""Encrypting for a role: supervisors of one post read what its author cannot read back.

    notes ── AES-256-GCM ──► what stands in the entry       content key, random, one for each
    content key ── HPKE ──► for the role's public key        a grant: an entry of its own
    role's private key ── HPKE ──► for each supervisor's slot, wherever he may work

The centre derives the role's pair for each post and generation. Every workstation is told the
public part; the private one it is given only as it lies here, sealed to slots, so that nothing but
a supervisor's pass-phrase opens it.
"""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from checkpoint_client.records.codes import Role
from checkpoint_client.vault import sealing
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import CannotOpen

_NOTES: Final = b"checkpoint/role/notes/1"
_GRANT: Final = b"checkpoint/role/grant/1"
_PRIVATE: Final = b"checkpoint/role/private/1"
_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """A content key sealed for the role, in its `generation`, and for the centre."""

    generation: int
    for_role: bytes
    for_centre: bytes


class RoleKeys:
    """What one session can do with the keys of the supervisor's role, as far as they are here."""

    def __init__(self, device: DeviceKey, *, role: Role, receive_key: bytearray) -> None:
        """`receive_key`: the slot's; it opens nothing for other roles."""
        self._device = device
        self._role = role
        self._receive_key = receive_key

    def can_close(self) -> bool:
        """Whether the public key is here: the centre tells it at the first contact."""
        state = self._device.state
        return bool(state.role_publics and state.centre_key)

    def grant(self, content_key: bytes, *, leaf: bytes) -> Granted:
        """Let supervisors and the centre open what stands in the entry with this leaf.

        Raises ValueError unless `can_close`.
        """
        state = self._device.state
        if not self.can_close():
            raise ValueError("the role's public key is not here")
        generation = max(state.role_publics)
        return Granted(
            generation=generation,
            for_role=sealing.seal(
                state.role_publics[generation], _of_role(generation, leaf), content_key
            ),
            for_centre=sealing.seal(state.centre_key, _of_centre(leaf), content_key),
        )

    def content_key(self, granted: Granted, *, leaf: bytes) -> bytes:
        """The content key, for a supervisor who holds the role's key. Raises `CannotOpen`."""
        private = self._private(granted.generation)
        return sealing.open_sealed(private, _of_role(granted.generation, leaf), granted.for_role)

    def share(self, holders: Iterable[bytes]) -> None:
        """Seal what this supervisor holds to slots that have come since, and ask for the rest.

        `holders`: the receive keys of all supervisors' slots, from a genuine envelope; of slots
        that are gone the keys go, too.
        """
        wanted = tuple(dict.fromkeys(filter(None, holders)))
        state = self._device.state
        kept = {
            generation: self._sealed(generation, there, wanted)
            for generation, there in state.role_keys.items()
        }
        is_lacking = any(
            holder.hex() not in kept.get(generation, {})
            for generation in state.role_publics or (0,)
            for holder in wanted
        )
        said = (wanted, kept, is_lacking)
        if said != (state.role_holders, state.role_keys, state.asks_role_keys):
            self._device.update(role_holders=wanted, role_keys=kept, asks_role_keys=is_lacking)

    def _sealed(
        self, generation: int, there: Mapping[str, bytes], wanted: Iterable[bytes]
    ) -> Mapping[str, bytes]:
        sealed = {each.hex(): there[each.hex()] for each in wanted if each.hex() in there}
        with suppress(CannotOpen):  # nobody is signed in who holds it
            private = self._private(generation)
            for each in wanted:
                if each.hex() not in sealed:
                    sealed[each.hex()] = seal_private(private, each, generation=generation)
        return sealed

    def _private(self, generation: int) -> bytes:
        if self._role is not Role.SUPERVISOR or not any(self._receive_key):
            raise CannotOpen
        state, own = self._device.state, bytes(self._receive_key)
        sealed = state.role_keys.get(generation, {}).get(sealing.public_of(own).hex())
        if sealed is None:
            raise CannotOpen
        private = sealing.open_sealed(own, _of_holder(generation), sealed)
        if len(private) != _KEY_BYTES or sealing.public_of(private) != state.role_publics.get(
            generation
        ):
            raise CannotOpen
        return private


def seal_private(private: bytes, holder: bytes, *, generation: int) -> bytes:
    """A role's private key for one supervisor's slot. ValueError if `holder` is no key."""
    return sealing.seal(holder, _of_holder(generation), private)


def close_notes(plain: bytes) -> tuple[bytes, bytes]:
    """The content key made for them, and the ciphertext."""
    key, nonce = os.urandom(_KEY_BYTES), os.urandom(_NONCE_BYTES)
    return key, nonce + AESGCM(key).encrypt(nonce, plain, _NOTES)


def open_notes(ciphertext: bytes, content_key: bytes) -> bytes:
    """Raises `CannotOpen`."""
    nonce, box = ciphertext[:_NONCE_BYTES], ciphertext[_NONCE_BYTES:]
    try:
        return AESGCM(content_key).decrypt(nonce, box, _NOTES)
    except (InvalidTag, ValueError) as closed:
        raise CannotOpen from closed


def content_key_at_centre(private: bytes, for_centre: bytes, *, leaf: bytes) -> bytes:
    """What a grant opens for headquarters. Raises `CannotOpen`."""
    return sealing.open_sealed(private, _of_centre(leaf), for_centre)


def _of_role(generation: int, leaf: bytes) -> bytes:
    return b"%s/%s/%d/%s" % (_GRANT, Role.SUPERVISOR.encode(), generation, leaf)


def _of_centre(leaf: bytes) -> bytes:
    return b"%s/centre/%s" % (_GRANT, leaf)


def _of_holder(generation: int) -> bytes:
    return b"%s/%s/%d" % (_PRIVATE, Role.SUPERVISOR.encode(), generation)

"""The keys of the supervisor's role, as the centre's signed word brings them to a workstation."""

from collections.abc import Mapping

from checkpoint_client.vault.device import DeviceKey, DeviceState
from sync.protocol import MOST_HOLDERS, RoleKey


def asked(state: DeviceState) -> list[bytes] | None:
    """For which slots to ask, none of them for the public keys alone; None where nothing lacks."""
    if state.wipe:  # what was destroyed does not come again
        return None
    newest = max(state.post_keys, default=0)
    if newest in state.role_publics and not state.asks_role_keys:
        return None
    return list(state.role_holders[:MOST_HOLDERS])


def take(device: DeviceKey, told: Mapping[int, RoleKey]) -> None:
    """The answer to what was asked. Where it brings no private key, none is to be had here."""
    take_publics(device, told)
    state = device.state
    if state.wipe:
        return
    wanted = {holder.hex() for holder in state.role_holders}
    sealed = {
        generation: {
            **state.role_keys.get(generation, {}),
            **{
                holder.hex(): value
                for holder, value in key.sealed.items()
                if holder.hex() in wanted
            },
        }
        for generation, key in told.items()
    }
    device.update(role_keys={**state.role_keys, **sealed}, asks_role_keys=False)


def take_publics(device: DeviceKey, told: Mapping[int, RoleKey]) -> None:
    """From now on notes are closed for the newest of them."""
    known = device.state.role_publics
    if told.keys() - known.keys():
        publics = {generation: key.public for generation, key in told.items()}
        device.update(role_publics={**known, **publics})

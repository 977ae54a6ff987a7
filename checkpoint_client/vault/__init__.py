"""Pass-phrases to keys: the envelope with its slots, the workstation's own key, encrypting."""

from checkpoint_client.vault.envelope import Unlocked, Vault
from checkpoint_client.vault.slots import Kdf, NewSlot, SlotName

__all__ = ["Kdf", "NewSlot", "SlotName", "Unlocked", "Vault"]

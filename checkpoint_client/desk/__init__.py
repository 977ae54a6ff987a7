"""What a person may do, working place by working place; each action is one transaction."""

from checkpoint_client.desk.done import Changed, Done, Refused
from checkpoint_client.desk.powers import NotAllowed, Power

__all__ = ["Changed", "Done", "NotAllowed", "Power", "Refused"]

"""The journal's format: what was recorded, in order, chained and signed. Both ends share it."""

"""How the journal reaches the central server, and how reference data comes back. No Qt."""

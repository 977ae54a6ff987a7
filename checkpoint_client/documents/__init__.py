"""Reading and writing travel documents: the machine readable zone, States, spelling, numbers."""

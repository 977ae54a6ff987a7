"""The command line of the IT staff: `checkpoint-admin`, one module for each command."""

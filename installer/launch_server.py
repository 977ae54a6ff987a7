"""Starts the server's command line; the frozen `checkpoint-server` begins here."""

import sys

from sync.server.main import main

sys.exit(main())

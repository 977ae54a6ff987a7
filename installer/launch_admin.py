"""Starts the IT staff's command line; the frozen `checkpoint-admin` begins here."""

import sys

from sync.admin.main import main

sys.exit(main())

"""Starts the window; the frozen program begins here."""

import os
import sys

# Qt asks for UTF-8; a service's bare environment names no character set at all.
os.environ.setdefault("LANG", "C.UTF-8")

from ui.main import main

sys.exit(main())

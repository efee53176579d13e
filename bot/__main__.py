"""`python -m bot` is `pencil`."""

import sys

from bot.cli import main

sys.exit(main())

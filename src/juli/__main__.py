"""``python -m juli`` is the command ``juli``."""

import sys

from juli.config.cli import main

sys.exit(main())

"""Settings: the values every process of the house runs by (配置)."""

from juli.config.settings.base import *  # noqa: F403

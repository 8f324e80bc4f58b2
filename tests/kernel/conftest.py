"""Properties of the kernel."""

from hypothesis import settings

# On a busy machine the first example of a property takes as long as it takes.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

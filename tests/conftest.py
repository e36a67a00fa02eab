"""What holds for every test."""

from hypothesis import settings

import tests  # noqa: F401  sets what the browser tests run on

# A first example pays for lazy imports, and the machine may be busy: neither is a slow rule.
settings.register_profile("vardrum", deadline=None)
settings.load_profile("vardrum")

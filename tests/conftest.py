from __future__ import annotations

from hypothesis import settings

# The first example of a property pays for imports, and machines of CI are slow at times.
settings.register_profile("negaudit", deadline=None)
settings.load_profile("negaudit")

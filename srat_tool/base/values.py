"""`dataclass` and `NamedTuple` whose definition compiles no source text.

The standard ones write the methods of each class as text and compile it: a plan defines about 270
such classes, which took as long as everything else that it did. These have the same behaviour, for
what is used here, from functions that all classes share; a test holds them equal to the standard
ones. To the type checker they are the standard ones.

Not supported: `order`, `unsafe_hash`, `InitVar`, and a default before a field without one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
    from typing import NamedTuple
else:
    from srat_tool.base.cheap_dataclass import dataclass, field, replace
    from srat_tool.base.cheap_tuple import NamedTuple

__all__ = ["NamedTuple", "dataclass", "field", "replace"]

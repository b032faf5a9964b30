"""`typing.NamedTuple` without compiling a constructor for each class; see `values.py`."""

from __future__ import annotations

from collections import _tuplegetter  # type: ignore[attr-defined]  # with its own fallback
from collections.abc import Callable, Iterable
from functools import cache
from types import CodeType, FunctionType
from typing import Any


@cache
def _constructor(count: int) -> CodeType:
    """Return the code of a constructor with `count` fields; its arguments are yet to be named."""
    names = ", ".join(f"_{index}" for index in range(count))
    text = f"lambda _cls, {names}: _new(_cls, ({names}{',' * (count == 1)}))"
    return next(c for c in compile(text, __name__, "eval").co_consts if isinstance(c, CodeType))


def _named_constructor(name: str, fields: tuple[str, ...], defaults: tuple[Any, ...]) -> Any:
    code = _constructor(len(fields)).replace(
        co_name="__new__", co_qualname=f"{name}.__new__", co_varnames=("_cls", *fields)
    )
    return FunctionType(code, {"_new": tuple.__new__}, "__new__", defaults)


@classmethod  # type: ignore[misc]
def _make(cls: type[Any], items: Iterable[Any]) -> Any:
    """Return the tuple of these items."""
    made = tuple.__new__(cls, items)
    if len(made) != len(cls._fields):
        raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
    return made


def _replace(self: Any, /, **changes: Any) -> Any:
    """Return a copy with some fields changed."""
    made = self._make(map(changes.pop, self._fields, self))
    if changes:
        raise ValueError(f"Got unexpected field names: {list(changes)!r}")
    return made


def _asdict(self: Any) -> dict[str, Any]:
    """Return the fields by name."""
    return dict(zip(self._fields, self, strict=False))


def _repr(self: Any) -> str:
    """Return the class with its fields."""
    fields = zip(self._fields, self, strict=False)
    return f"{type(self).__name__}({', '.join(f'{name}={item!r}' for name, item in fields)})"


def _arguments(self: Any) -> tuple[Any, ...]:
    """Return what a copy is made of."""
    return tuple(self)


_SHARED: dict[str, Callable[..., Any] | tuple[str, ...]] = {
    "__slots__": (),
    "_make": _make,
    "_replace": _replace,
    "__replace__": _replace,
    "_asdict": _asdict,
    "__repr__": _repr,
    "__getnewargs__": _arguments,
}


class _NamedTupleMeta(type):
    """Makes a class of tuples from the fields that a class statement annotates."""

    def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Any:
        """Return the class; fields are the annotations in order."""
        fields = tuple(_annotations(body))
        defaults = {field: body[field] for field in fields if field in body}
        if tuple(defaults) != fields[len(fields) - len(defaults) :]:
            raise TypeError(f"{name}: a field without a default follows one with a default")
        namespace: dict[str, Any] = {**_SHARED, **body}
        namespace["__slots__"] = ()
        namespace.update((f, _tuplegetter(i, "")) for i, f in enumerate(fields))
        namespace["_fields"] = namespace["__match_args__"] = fields
        namespace["_field_defaults"] = defaults
        namespace["__new__"] = _named_constructor(name, fields, tuple(defaults.values()))
        return type(name, (tuple, *bases[1:]), namespace)


def _annotations(body: dict[str, Any]) -> dict[str, Any]:
    """Return what a class body annotates; Python 3.14 stores a function that says it."""
    evaluate = body.get("__annotate_func__") or body.get("__annotate__")
    found: dict[str, Any] = evaluate(1) if evaluate else body.get("__annotations__", {})
    return found


NamedTuple = type.__new__(_NamedTupleMeta, "NamedTuple", (), {})

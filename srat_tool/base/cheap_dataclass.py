"""`dataclasses.dataclass` without compiling methods for each class; see `values.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

_MISSING = object()


class _OneField:
    """What a class body says of one field besides its type."""

    __slots__ = ("annotation", "compare", "default", "default_factory", "init", "name", "repr")

    def __init__(
        self,
        *,
        default: Any = _MISSING,
        default_factory: Any = _MISSING,
        init: bool = True,
        repr: bool = True,  # noqa: A002 - the standard name
        compare: bool = True,
    ) -> None:
        self.name = self.annotation = ""
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.compare = compare


field = _OneField


class _Standard:
    """`__dataclass_fields__`, made when the standard library asks for it."""

    def __get__(self, value: Any, kind: type[Any]) -> dict[str, Any]:
        """Return the fields as the functions of `dataclasses` expect them."""
        import dataclasses

        made = []
        for one in kind.__shape__.fields:
            options: dict[str, Any] = {"init": one.init, "repr": one.repr, "compare": one.compare}
            if one.default is not _MISSING:
                options["default"] = one.default
            if one.default_factory is not _MISSING:
                options["default_factory"] = one.default_factory
            made.append((one.name, one.annotation, dataclasses.field(**options)))
        standard: Any = dataclasses.make_dataclass(kind.__name__, made, kw_only=True)
        return dict(standard.__dataclass_fields__)


class _Shape:
    """What the shared methods know of one class.

    Attributes:
        fields: all fields, those of the classes above first.
        names: fields that the constructor takes, in order.
        known: the same as a set.
        defaults: by name.
        factories: by name.
        positional: whether the constructor takes fields by position.
        shown: fields of `repr`.
        compared: fields of `==` and `hash`.
        prepare: what runs after the constructor; None for nothing.
    """

    __slots__ = (
        "compared", "defaults", "factories", "fields", "known", "names", "positional", "prepare",
        "shown",
    )  # fmt: skip

    def __init__(self, fields: tuple[_OneField, ...], prepare: Any, positional: bool) -> None:
        self.fields = fields
        self.names: tuple[str, ...] = tuple([one.name for one in fields if one.init])
        self.known = frozenset(self.names)
        self.defaults = {
            one.name: one.default for one in fields if one.init and one.default is not _MISSING
        }
        self.factories = [
            (one.name, one.default_factory)
            for one in fields
            if one.init and one.default_factory is not _MISSING
        ]
        self.positional = positional
        self.shown = [one.name for one in fields if one.repr]
        self.compared = [one.name for one in fields if one.compare]
        self.prepare = prepare


def _init(self: Any, /, *args: Any, **given: Any) -> None:
    shape: _Shape = self.__shape__
    if args:
        given = _with_positions(self, shape, args, given)
    values = {**shape.defaults, **given}
    for name, factory in shape.factories:
        if name not in values:
            values[name] = factory()
    if values.keys() != shape.known:
        _refuse(self, shape, values)
    store = object.__setattr__
    for name, value in values.items():
        store(self, name, value)
    if shape.prepare is not None:
        self.__post_init__()


def _with_positions(
    self: Any, shape: _Shape, args: tuple[Any, ...], given: dict[str, Any]
) -> dict[str, Any]:
    """Return all arguments by name."""
    what = f"{type(self).__name__}.__init__()"
    if not shape.positional or len(args) > len(shape.names):
        count = len(shape.names) + 1 if shape.positional else 1
        raise TypeError(f"{what} takes {count} positional arguments but {len(args) + 1} were given")
    named = dict(zip(shape.names, args, strict=False))
    if twice := named.keys() & given.keys():
        raise TypeError(f"{what} got multiple values for argument {min(twice)!r}")
    return {**named, **given}


def _refuse(self: Any, shape: _Shape, values: dict[str, Any]) -> NoReturn:
    what = f"{type(self).__name__}.__init__()"
    for name in values:
        if name not in shape.known:
            raise TypeError(f"{what} got an unexpected keyword argument {name!r}")
    missing = [repr(name) for name in shape.names if name not in values]
    raise TypeError(f"{what} missing {len(missing)} required arguments: {', '.join(missing)}")


def _repr(self: Any) -> str:
    fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__shape__.shown)
    return f"{type(self).__qualname__}({fields})"


def _compared(self: Any) -> tuple[Any, ...]:
    return tuple([getattr(self, name) for name in self.__shape__.compared])


def _eq(self: Any, other: object) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return _compared(self) == _compared(other)


def _hash(self: Any) -> int:
    return hash(_compared(self))


def _cannot_set(self: Any, name: str, value: object) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _cannot_delete(self: Any, name: str) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, one.name) for one in self.__shape__.fields]


def _setstate(self: Any, state: list[Any]) -> None:
    for one, value in zip(self.__shape__.fields, state, strict=True):
        object.__setattr__(self, one.name, value)


def replace(value: Any, /, **changes: Any) -> Any:
    """Return a copy with some fields changed."""
    for one in value.__shape__.fields:
        if one.init and one.name not in changes:
            changes[one.name] = getattr(value, one.name)
        elif not one.init and one.name in changes:
            raise ValueError(f"field {one.name} is declared with init=False")
    return type(value)(**changes)


_STANDARD = _Standard()
_SHARED: dict[str, Any] = {
    "__dataclass_fields__": _STANDARD, "__init__": _init, "__repr__": _repr, "__eq__": _eq,
    "__replace__": replace,
}  # fmt: skip
_FROZEN = {"__hash__": _hash, "__setattr__": _cannot_set, "__delattr__": _cannot_delete}
_SLOTTED = {"__getstate__": _getstate, "__setstate__": _setstate}


def dataclass(
    *,
    frozen: bool = False,
    slots: bool = False,
    kw_only: bool = False,
    repr: bool = True,  # noqa: A002 - the standard name
) -> Callable[[type[Any]], type[Any]]:
    """Return the decorator that makes a class of values; the options are the standard ones."""

    def decorate(kind: type[Any]) -> type[Any]:
        fields = _fields(kind)
        body = _without_fields(kind, fields, keep_defaults=not slots)
        added = {**_SHARED, **(_FROZEN if frozen else {"__hash__": None})}
        if not repr:
            del added["__repr__"]
        if slots:
            added.update(_SLOTTED)
            body["__slots__"] = tuple([one.name for one in fields])
        body.update((name, item) for name, item in added.items() if _is_free(body, name))
        inherited = getattr(kind, "__shape__", None)
        every = {one.name: one for one in (*(inherited.fields if inherited else ()), *fields)}
        prepare = getattr(kind, "__post_init__", None)
        body["__shape__"] = _Shape(tuple(every.values()), prepare, not kw_only)
        body["__match_args__"] = () if kw_only else body["__shape__"].names
        metaclass: Any = type(kind)
        made: type[Any] = metaclass(kind.__name__, kind.__bases__, body)
        return made

    return decorate


def _is_free(body: dict[str, Any], name: str) -> bool:
    """Return whether a class body leaves a method to us; `__eq__` alone sets `__hash__` to None."""
    return name not in body or (name == "__hash__" and body[name] is None)


def _fields(kind: type[Any]) -> list[_OneField]:
    """Return the fields that a class body declares itself, in order."""
    found = []
    for name, annotation in kind.__annotations__.items():
        if str(annotation).startswith("ClassVar"):
            continue
        given = kind.__dict__.get(name, _MISSING)
        one = given if isinstance(given, _OneField) else _OneField(default=given)
        one.name, one.annotation = name, annotation
        found.append(one)
    return found


def _without_fields(
    kind: type[Any], fields: list[_OneField], *, keep_defaults: bool
) -> dict[str, Any]:
    """Return the body of a class from which it can be made again."""
    body: dict[str, Any] = {**kind.__dict__, "__qualname__": kind.__qualname__}
    for one in fields:
        body.pop(one.name, None)
        if keep_defaults and one.default is not _MISSING:
            body[one.name] = one.default
    body.pop("__dict__", None)
    body.pop("__weakref__", None)
    return body

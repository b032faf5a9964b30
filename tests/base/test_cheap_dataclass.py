"""The cheap dataclass next to the standard one."""

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any, ClassVar

import pytest

from srat_tool.base import cheap_dataclass as cheap

FORMS = [
    {"frozen": True, "slots": True, "kw_only": True},
    {"frozen": True, "slots": True},
    {"slots": True, "kw_only": True},
    {"slots": True},
    {"kw_only": True},
    {"frozen": True, "slots": True, "repr": False},
]


def _made(module: Any, form: dict[str, bool]) -> Any:
    class Value:
        """A value."""

        first: int
        second: tuple[int, ...] = ()
        third: list[int] = module.field(default_factory=list)
        fourth: int | None = module.field(default=4, compare=False, repr=False)
        fifth: int = module.field(init=False, default=5)
        SIXTH: "ClassVar[int]" = 6

        def __post_init__(self) -> None:
            object.__setattr__(self, "fifth", self.first + 1)

        def total(self) -> int:
            return self.first + sum(self.second)

    return module.dataclass(**form)(Value)


def _result(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except (TypeError, ValueError, AttributeError) as error:
        return type(error)


@pytest.mark.parametrize("form", FORMS, ids="-".join)
@pytest.mark.parametrize(
    "call",
    [
        lambda kind, _: kind(first=1).total(),
        lambda kind, _: kind(1, (2,)).second,
        lambda kind, _: kind(1, first=2),
        lambda kind, _: kind(1, (), [], 4, 5),
        lambda kind, _: kind(),
        lambda kind, _: kind(first=1, nothing=2),
        lambda kind, _: kind(first=1, fifth=2),
        lambda kind, _: kind(first=1).fifth,
        lambda kind, _: kind(first=1) == kind(first=1, fourth=9),
        lambda kind, _: kind(first=1) == kind(first=2),
        lambda kind, _: kind(first=1) == 1,
        lambda kind, _: kind(first=1).third is kind(first=1).third,
        lambda kind, _: kind.SIXTH,
        lambda kind, _: type(getattr(kind, "second", None)),
        lambda kind, _: kind.__match_args__,
        lambda kind, _: kind.__annotations__,
        lambda kind, _: kind.__doc__,
        lambda kind, _: setattr(kind(first=1), "first", 2),
        lambda kind, _: delattr(kind(first=1), "first"),
        lambda kind, _: hasattr(kind(first=1), "__dict__"),
        lambda kind, module: module.replace(kind(first=1), first=7).fifth,
        lambda kind, module: module.replace(kind(first=1), nothing=7),
        lambda kind, _: dataclasses.replace(kind(first=1), first=7).fifth,
        lambda kind, _: dataclasses.asdict(kind(first=1)),
        lambda kind, _: [
            (one.name, one.type, one.init, one.repr, one.compare, one.default)
            for one in dataclasses.fields(kind)
            if one.name != "third"
        ],
        lambda kind, _: copy.copy(kind(first=1)).first,
    ],
)
def test_it_is_the_standard_one(form: dict[str, bool], call: Callable[[Any, Any], Any]) -> None:
    """Each operation gives what the standard class gives, or an error of the same kind."""
    ours, theirs = _made(cheap, form), _made(dataclasses, form)
    assert _result(lambda: call(ours, cheap)) == _result(lambda: call(theirs, dataclasses))


@pytest.mark.parametrize("form", FORMS, ids="-".join)
def test_it_looks_like_the_standard_one(form: dict[str, bool]) -> None:
    """A value prints as the standard one does."""
    ours, theirs = (repr(_made(module, form)(first=1)) for module in (cheap, dataclasses))
    assert ours.partition(" at ")[0] == theirs.partition(" at ")[0]


@cheap.dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    first: tuple[int, ...]
    second: int = 2


@cheap.dataclass(kw_only=True)
class Above:
    first: int = 1


@cheap.dataclass(kw_only=True)
class Below(Above):
    second: int = 2


# To the type checker these classes have no constructor of their own.
_FROZEN: Any = Frozen
_BELOW: Any = Below


def test_a_frozen_value_is_hashed_and_pickled() -> None:
    """A frozen value is a key, and reaches another process whole."""
    value: Any = _FROZEN(first=(1,))
    assert len({value, _FROZEN(first=(1,)), _FROZEN(first=(2,))}) == 2
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - what we just wrote
    with pytest.raises(TypeError, match="unhashable"):
        hash(Above())


def test_fields_are_inherited() -> None:
    """A class has the fields of the class above it, with their defaults."""
    assert repr(_BELOW(first=5)) == "Below(first=5, second=2)"


def test_errors_name_the_argument() -> None:
    """A wrong call says which argument is wrong."""
    with pytest.raises(TypeError, match="'nothing'"):
        _FROZEN(first=(), nothing=1)
    with pytest.raises(TypeError, match="missing 1 required arguments: 'first'"):
        _FROZEN()
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'first'"):
        _FROZEN(first=()).first = (1,)
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'first'"):
        del _FROZEN(first=()).first


def test_a_field_that_is_computed_is_not_replaced() -> None:
    """As with the standard one, whose error differs between releases of Python."""
    value = _made(cheap, FORMS[0])(first=1)
    with pytest.raises(ValueError, match="fifth is declared with init=False"):
        cheap.replace(value, fifth=7)

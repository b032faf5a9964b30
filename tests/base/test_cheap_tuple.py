"""The cheap NamedTuple next to the standard one."""

import copy
import inspect
import pickle
from collections.abc import Callable
from typing import Any, Generic, NamedTuple, TypeVar

import pytest

from srat_tool.base.cheap_tuple import NamedTuple as Cheap

T = TypeVar("T")


class Ours(Cheap):  # type: ignore[misc,valid-type]
    """Two numbers."""

    first: int
    second: str = "two"

    @property
    def both(self) -> str:
        return f"{self.first}{self.second}"


class Theirs(NamedTuple):
    """Two numbers."""

    first: int
    second: str = "two"

    @property
    def both(self) -> str:
        return f"{self.first}{self.second}"


class OursEmpty(Cheap):  # type: ignore[misc,valid-type]
    pass


class OursGeneric(Cheap, Generic[T]):  # type: ignore[misc,valid-type]
    item: T


def _result(call: Callable[[], Any]) -> Any:
    """Return what a call gives, or the kind of its error and the message without the class."""
    try:
        found = call()
    except (TypeError, ValueError, AttributeError) as error:
        return type(error), str(error).replace("Theirs", "Ours")
    return str(found).replace("Theirs", "Ours")


@pytest.mark.parametrize(
    "call",
    [
        lambda kind: kind(1),
        lambda kind: kind(1, "x"),
        lambda kind: kind(second="x", first=2),
        lambda kind: kind(),
        lambda kind: kind(1, 2, 3),
        lambda kind: kind(1, third=3),
        lambda kind: kind(1)._replace(second="b"),
        lambda kind: kind(1)._asdict(),
        lambda kind: kind._make([1, 2]),
        lambda kind: kind._make([1]),
        lambda kind: kind._fields + kind.__match_args__,
        lambda kind: kind._field_defaults,
        lambda kind: kind(3).both,
        lambda kind: kind(1) == (1, "two"),
        lambda kind: hash(kind(1)),
        lambda kind: pickle.loads(pickle.dumps(kind(1))),  # noqa: S301 - what we just wrote
        lambda kind: copy.deepcopy(kind(1)),
        lambda kind: kind.__annotations__,
        lambda kind: kind.__doc__,
        lambda kind: kind.__mro__[1:],
        lambda kind: kind(1).__dict__,
        lambda kind: setattr(kind(1), "first", 2),
        lambda kind: list(inspect.signature(kind).parameters),
    ],
)
def test_it_is_the_standard_one(call: Callable[[Any], Any]) -> None:
    """Each operation gives what the standard class gives, errors and their messages included."""
    assert _result(lambda: call(Ours)) == _result(lambda: call(Theirs))


def test_unexpected_names_are_refused() -> None:
    """A name that is no field cannot be replaced; the standard error differs between releases."""
    with pytest.raises((TypeError, ValueError), match="third"):
        Ours(1)._replace(third=3)


def test_a_class_without_fields_and_a_generic_one() -> None:
    """Neither needs a field or a plain base."""
    assert OursEmpty() == ()
    assert OursGeneric[int](3).item == 3


def test_a_default_before_a_field_is_refused() -> None:
    """As with the standard one, defaults come last."""
    with pytest.raises(TypeError, match="default"):

        class _Wrong(Cheap):  # type: ignore[misc,valid-type]
            first: int = 1
            second: int

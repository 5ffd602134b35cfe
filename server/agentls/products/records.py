"""Typed data of what a schema says beyond JSON Schema, under ``x-agentls``: one attribute for each key.

``schemas/x-agentls.schema.json`` describes the keys. An attribute has the name of its key, with underscores.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Self

T = TypeVar("T")

EXTENSION = "x-agentls"
NOTHING: Mapping[str, Any] = MappingProxyType({})
# Words of Python; and an effect has no effect.
_OTHER_NAMES = {
    "except": "exceptions",
    "from": "base",
    "is": "value",
    "with": "replacement",
    "effect": "text",
}


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Record:
    """Frozen data with the annotated attributes of its class, and their defaults; compared by identity.

    To the type checker it is a dataclass. Thirty of those, or of named tuples, take 10 ms to define, which is
    a tenth of a start; these take none, since nothing is generated.
    """

    attributes: ClassVar[frozenset[str]] = frozenset()
    _required: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        cls.attributes = frozenset(cls.__annotations__)
        cls._required = frozenset(name for name in cls.attributes if not hasattr(cls, name))

    def __init__(self, **values: Any) -> None:
        if not self._required <= values.keys() <= self.attributes:
            wrong = (self._required - values.keys()) | (values.keys() - self.attributes)
            raise TypeError(f"{type(self).__name__} has other attributes: {', '.join(sorted(wrong))}")
        self.__dict__.update(values)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def replaced(self, **values: Any) -> Self:
        """The same with other values."""
        own = {name: value for name, value in self.__dict__.items() if name in self.attributes}
        return type(self)(**own | values)


@cache
def attribute(key: str) -> str:
    """The name of the attribute that holds what is said under a key."""
    return _OTHER_NAMES.get(key) or key.replace("-", "_")


def record(make: Callable[..., T], raw: Mapping[str, Any], **readers: Callable[[Any], object]) -> T:
    """What ``make`` makes of the keys and values of ``raw``; lists become tuples.

    ``readers`` make the values of single attributes. Raises TypeError for a key that ``make`` does not know.
    """
    values: dict[str, object] = {}
    for key, value in raw.items():
        name = attribute(key)
        if name in readers:
            values[name] = readers[name](value)
        else:
            values[name] = tuple(value) if isinstance(value, list) else value
    return make(**values)


def records(make: Callable[..., T], raw: Iterable[Mapping[str, Any]]) -> tuple[T, ...]:
    """One for each entry of a list."""
    return tuple(record(make, entry) for entry in raw)


def named(make: Callable[..., T], raw: Mapping[str, Mapping[str, Any]]) -> dict[str, T]:
    """One for each entry of a map."""
    return {name: record(make, entry) for name, entry in raw.items()}

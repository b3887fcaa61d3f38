"""Plain data classes as `dataclasses` makes them, in a tenth of the time; what nobody here uses is left out.

`dataclasses` compiles up to seven functions for each class and imports `inspect`: for the hundred classes of a cold
start, that is half of it. Here one function is compiled, `__init__`, once for classes of one shape; the rest is shared.
Default factories, `repr`, `compare`, `order`, `slots` and `frozen` mean what they mean there. Inheriting fields,
`InitVar`, `ClassVar`, `__post_init__` and keyword-only fields are refused or unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import Any, TypeVar, cast, dataclass_transform, overload

T = TypeVar("T")
_MISSING: Any = object()


class FrozenInstanceError(AttributeError):
    """Somebody tried to change what does not change."""


class Field:
    """One field of a class: its name, its default, and where it takes part."""

    __slots__ = ("_field_type", "compare", "default", "default_factory", "init", "name", "repr")

    def __init__(self, default: Any, default_factory: Any, *, repr: bool, compare: bool) -> None:  # noqa: A002, ANN401 # the names dataclasses has
        self.name = ""
        self.default = default
        self.default_factory = default_factory
        self.repr = repr
        self.compare = compare
        # what dataclasses.replace asks of a field
        self.init = True
        self._field_type = None


def field(
    *,
    default: Any = _MISSING,  # noqa: ANN401 # of any type
    default_factory: Any = _MISSING,  # noqa: ANN401 # makes any type
    repr: bool = True,  # noqa: A002 # the name dataclasses has
    compare: bool = True,
) -> Any:  # noqa: ANN401 # stands where a value of the field's type does
    """Say more of a field than its default."""
    return Field(default, default_factory, repr=repr, compare=compare)


@overload
def dataclass(cls: type[T], /) -> type[T]: ...
@overload
def dataclass(
    *, frozen: bool = False, slots: bool = False, order: bool = False, eq: bool = True
) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(field_specifiers=(field, Field))
def dataclass(
    cls: type[T] | None = None, /, *, frozen: bool = False, slots: bool = False, order: bool = False, eq: bool = True
) -> type[T] | Callable[[type[T]], type[T]]:
    """Make a class one of plain data."""
    if cls is not None:
        return _made(cls, frozen=frozen, slots=slots, order=order, eq=eq)
    return lambda decorated: _made(decorated, frozen=frozen, slots=slots, order=order, eq=eq)


def replace(obj: T, /, **changes: Any) -> T:  # noqa: ANN401 # the fields' own types
    """Return the same data with some fields changed."""
    names: tuple[str, ...] = obj.__match_args__  # type: ignore[attr-defined] # every class made here has it
    return type(obj)(**{name: getattr(obj, name) for name in names if name not in changes}, **changes)


def _made(cls: type[T], *, frozen: bool, slots: bool, order: bool, eq: bool) -> type[T]:
    namespace = dict(cls.__dict__)
    fields = [_field(name, namespace) for name in namespace.get("__annotations__", {})]
    names = tuple(each.name for each in fields)
    if slots:
        for name in (*names, "__dict__", "__weakref__"):
            namespace.pop(name, None)
        namespace["__slots__"] = names
        made: type[T] = cast("Any", type(cls))(cls.__name__, cls.__bases__, namespace)
        made.__qualname__ = cls.__qualname__
    else:
        made = cls
        for each in fields:
            if each.default_factory is not _MISSING:
                delattr(cls, each.name)
            elif each.default is not _MISSING:
                setattr(cls, each.name, each.default)
    shared: dict[str, Any] = {"__match_args__": names, "__dataclass_fields__": {each.name: each for each in fields}}
    shared["__repr__"] = _repr_of(tuple(each.name for each in fields if each.repr))
    if eq:
        shared |= _comparison(tuple(each.name for each in fields if each.compare), frozen=frozen, order=order)
    for name, function in shared.items():
        if name not in cls.__dict__:
            setattr(made, name, function)
    made.__init__ = _init_of(made, fields, frozen=frozen, slots=slots)  # type: ignore[method-assign] # that is the point
    if frozen:
        made.__setattr__ = _refuse  # type: ignore[method-assign] # that is the point
        made.__delattr__ = _refuse  # type: ignore[method-assign] # that is the point
    return made


def _field(name: str, namespace: dict[str, Any]) -> Field:
    said = namespace.get(name, _MISSING)
    each = said if isinstance(said, Field) else Field(said, _MISSING, repr=True, compare=True)
    each.name = name
    return each


def _init_of(cls: type, fields: list[Field], *, frozen: bool, slots: bool) -> Callable[..., None]:
    """Return the class's `__init__`: code of its shape with the names of its fields put in.

    A shape is how many fields there are and which of them are made by a factory; a start compiles each shape once.
    """
    made_by_factory = tuple(each.default_factory is not _MISSING for each in fields)
    names = {f"a{number}": each.name for number, each in enumerate(fields)}
    known: dict[str, Any] = {"_missing": _MISSING}
    for number, each in enumerate(fields):
        if made_by_factory[number]:
            known[f"_make{number}"] = each.default_factory
        if frozen and slots:
            # the slot's own way in is open where __setattr__ is closed
            known[f"_set{number}"] = getattr(cls, each.name).__set__
    shape = _shape(made_by_factory, frozen=frozen, slots=slots)
    code = shape.replace(
        co_varnames=tuple(names.get(name, name) for name in shape.co_varnames),
        co_names=tuple(names.get(name, name) for name in shape.co_names),
        co_consts=tuple(names.get(name, name) if isinstance(name, str) else name for name in shape.co_consts),
    )
    defaults = tuple(
        _MISSING if factory else each.default
        for each, factory in zip(fields, made_by_factory, strict=True)
        if factory or each.default is not _MISSING
    )
    made = FunctionType(code, known, "__init__", defaults)
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__module__ = cls.__module__
    return made


@cache
def _shape(made_by_factory: tuple[bool, ...], *, frozen: bool, slots: bool) -> CodeType:
    """Return the code of an `__init__` whose fields are called `a0`, `a1` and so on."""
    lines = ["  _dict = self.__dict__"] if frozen and not slots else []
    for number, factory in enumerate(made_by_factory):
        value = f"_make{number}() if a{number} is _missing else a{number}" if factory else f"a{number}"
        if frozen and slots:
            lines.append(f"  _set{number}(self, {value})")
        else:
            lines.append(f"  _dict['a{number}'] = {value}" if frozen else f"  self.a{number} = {value}")
    parameters = ", ".join(["self", *(f"a{number}" for number in range(len(made_by_factory)))])
    found: dict[str, Any] = {}
    exec(f"def __init__({parameters}):\n" + ("\n".join(lines) or "  pass"), found)  # noqa: S102 # no word from outside
    code: CodeType = found["__init__"].__code__
    return code


def _comparison(names: tuple[str, ...], *, frozen: bool, order: bool) -> dict[str, Any]:
    values = _values_of(names)

    def equal(self: object, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(values(self))

    def less(self: object, other: object) -> bool:
        return values(self) < values(other) if other.__class__ is self.__class__ else NotImplemented

    def at_most(self: object, other: object) -> bool:
        return values(self) <= values(other) if other.__class__ is self.__class__ else NotImplemented

    def more(self: object, other: object) -> bool:
        return values(self) > values(other) if other.__class__ is self.__class__ else NotImplemented

    def at_least(self: object, other: object) -> bool:
        return values(self) >= values(other) if other.__class__ is self.__class__ else NotImplemented

    ordering = {"__lt__": less, "__le__": at_most, "__gt__": more, "__ge__": at_least} if order else {}
    return {"__eq__": equal, "__hash__": hashed if frozen else None, **ordering}


def _values_of(names: tuple[str, ...]) -> Callable[[Any], Any]:
    if len(names) > 1:
        return attrgetter(*names)
    return (lambda obj: (getattr(obj, names[0]),)) if names else (lambda _: ())


def _repr_of(names: tuple[str, ...]) -> Callable[[object], str]:
    def shown(self: object) -> str:
        listed = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({listed})"

    return shown


def _refuse(self: object, name: str, *_: object) -> None:
    raise FrozenInstanceError(f"{type(self).__qualname__}.{name} does not change")

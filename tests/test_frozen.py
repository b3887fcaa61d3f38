"""Plain data classes: they mean what those of `dataclasses` mean."""

import dataclasses

import pytest

from wrongfix import frozen


def made(module, **options):
    """Return a class of three fields as one module makes it."""

    class Place:
        """A place."""

        row: int
        column: int = 0
        notes: list = module.field(default_factory=list, repr=False, compare=False)

    Place.__annotations__ = {"row": "int", "column": "int", "notes": "list"}
    return module.dataclass(**options)(Place)


@pytest.mark.parametrize("options", [{}, {"frozen": True}, {"frozen": True, "slots": True, "order": True}])
def test_like_dataclasses(options):
    """Values, equality, order, hash and words are those of `dataclasses`."""
    ours, theirs = made(frozen, **options), made(dataclasses, **options)
    pairs = [(ours(*values), theirs(*values)) for values in ((1,), (1, 0), (1, 2), (2, 1, [3]))]
    for one, other in pairs:
        assert (one.row, one.column, one.notes) == (other.row, other.column, other.notes)
        assert repr(one) == repr(other)
        assert [one == each for each, _ in pairs] == [other == each for _, each in pairs]
        if options.get("frozen"):
            assert [hash(one) == hash(each) for each, _ in pairs] == [hash(other) == hash(each) for _, each in pairs]
        if options.get("order"):
            assert [one < each for each, _ in pairs] == [other < each for _, each in pairs]
            assert [one >= each for each, _ in pairs] == [other >= each for _, each in pairs]
    assert ours.__match_args__ == theirs.__match_args__
    assert pairs[0][0] != pairs[0][1]


def test_factories_make_anew():
    """Each instance gets its own value from a default factory."""
    place = made(frozen)
    assert place(1).notes is not place(1).notes


@pytest.mark.parametrize("slots", [True, False])
def test_frozen(slots):
    """What is frozen cannot be changed, gained or lost; a changed copy can be made, by either module."""
    one = made(frozen, frozen=True, slots=slots)(1, 2)
    with pytest.raises(AttributeError):
        one.row = 3
    with pytest.raises(AttributeError):
        del one.row
    with pytest.raises(AttributeError):
        one.other = 3
    for replace in (frozen.replace, dataclasses.replace):
        other = replace(one, row=3)
        assert (one.row, other.row, other.column) == (1, 3, 2)


def test_arguments_are_checked():
    """Missing and unknown arguments are refused."""
    place = made(frozen, frozen=True)
    for arguments, names in (((), {}), ((1, 2, [], 4), {}), ((1,), {"depth": 2})):
        with pytest.raises(TypeError):
            place(*arguments, **names)

"""Find what decorators marked in a package: sorted, and no name twice. The only discovery there is."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import TypeVar

Thing = TypeVar("Thing")


def members(package: ModuleType, wanted: type[Thing], name: Callable[[Thing], str]) -> tuple[Thing, ...]:
    """Give every `wanted` value at the top of the package's modules, sorted by name.

    Raises ValueError where two have one name: that is a mistake of the program.
    """
    modules = [importlib.import_module(f"{package.__name__}.{each.name}") for each in pkgutil.iter_modules(package.__path__)]
    found: dict[str, Thing] = {}
    for thing in _things(modules, wanted):
        if found.setdefault(name(thing), thing) is not thing:
            message = f"two things are called {name(thing)}"
            raise ValueError(message)
    return tuple(found[each] for each in sorted(found))


def _things(modules: Iterable[ModuleType], wanted: type[Thing]) -> Iterable[Thing]:
    for module in modules:
        yield from (value for value in vars(module).values() if isinstance(value, wanted))

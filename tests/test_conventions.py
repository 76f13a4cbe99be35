"""What holds for the tree as a whole: who imports what, what a lock says, and what no file may name."""

from __future__ import annotations

import ast
import functools
import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "generator" / "tusoi"
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))

IMPORTERS = {
    "yaml": {"strict_yaml.py"},
    "jsonschema": {"schema.py"},
    "jsonschema_rs": {"schema.py"},
    "jinja2": {"templating.py"},
    "git": {"history.py"},
    "mkdocs": {"plugin.py"},
    "babel": {"messages.py"},
    "segno": {"qr.py"},
    "click": {"cli/comparing.py", "cli/group.py", "cli/keeping.py", "cli/ledger.py", "cli/records.py", "cli/translating.py"},
}
"""One library, one importer: replacing a library touches one file."""

WEAK_NAMES = {"base", "common", "helpers", "manager", "misc", "tools", "util", "utils"}
LARGEST_MODULE = 400
BINARY = {".png", ".jpg", ".webp", ".woff2", ".pdf", ".ico", ".mo", ".gz"}

# Put together from pieces, so that this file names none of them.
REGISTRIES = [".".join(name) for name in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("deb", "debian", "org"))]
MACHINE_PATHS = re.compile(r"(?<![\w.:])/(?:home/[a-z]|root/|Users/[A-Za-z]|work/|tmp/[a-z]|opt/[a-z])")
UNFINISHED = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "NotImplemented" + "Error")) + r")\b")


def modules() -> list[Path]:
    """All modules of the package; the example is data."""
    return sorted(path for path in PACKAGE.rglob("*.py") if "example" not in path.relative_to(PACKAGE).parts)


@functools.cache
def imported(path: Path) -> frozenset[str]:
    """Give the first name of everything that a module imports, at its top or inside a function."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return frozenset(names)


@functools.cache
def tracked() -> list[Path]:
    """Every file that Git has or would take."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return sorted({ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()})


def texts() -> Iterator[tuple[str, str]]:
    """Give name and text of every file that is text; hostile cases are bytes on purpose."""
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        if path.suffix not in BINARY and not name.startswith(("tests/hostile/", "tests/cases/")):
            yield name, path.read_text(encoding="utf-8", errors="surrogateescape")


def lines_with(pattern: re.Pattern[str], but: str = "$^") -> list[str]:
    """Say in which lines of the tree a pattern stands."""
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in texts()
        if not re.match(but, name)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_one_library_has_one_importer() -> None:
    """A library that two modules import cannot be replaced in one place."""
    found = {library: {path.relative_to(PACKAGE).as_posix() for path in modules() if library in imported(path)} for library in IMPORTERS}
    assert found == IMPORTERS


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path.name for path in modules() if path.stem in WEAK_NAMES] == []


def test_no_module_is_too_long_to_read() -> None:
    lengths = {path.relative_to(PACKAGE).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {name: length for name, length in lengths.items() if length > LARGEST_MODULE} == {}


def test_generator_is_a_folder_and_no_package() -> None:
    """Were it a package, `generator.tusoi` would be a second copy of every module."""
    assert not (ROOT / "generator" / "__init__.py").exists()


def test_both_layer_contracts_name_the_same_modules() -> None:
    """The contracts differ only in where the hands stand."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    above, below = (contract["layers"] for contract in contracts)
    assert sorted(above) == sorted(below)
    doors, hands, telling, judgement, words = above
    assert below == [doors, telling, judgement, hands, words]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_pins_each_package_by_version_and_hash(lock: Path) -> None:
    """Nothing comes in that was not looked at: no range, no address, no path."""
    text = lock.read_text(encoding="utf-8")
    requirements = [line for line in text.replace("\\\n", " ").splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert len(requirements) > 3
    for line in requirements:
        assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*==[0-9][^\s;]*( ; [^\\]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*", line), line
    assert not re.search(r"://|--(?:extra-)?index-url|--find-links|--trusted-host", text)


def test_the_locks_agree() -> None:
    """The site of a user is made with the versions that the tests ran with."""
    pins = {lock.stem: set(re.findall(r"^[a-z0-9.-]+==[^\s;]+", lock.read_text(encoding="utf-8"), re.MULTILINE)) for lock in LOCKS}
    assert pins["runtime"] - pins["dev"] == set()
    assert pins["build"] - pins["dev"] == set()


def test_every_dependency_is_bounded_and_locked() -> None:
    """A new major version comes in when somebody decides so."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime = (ROOT / "requirements" / "runtime.lock").read_text(encoding="utf-8").lower()
    for dependency in project["dependencies"]:
        name, bounds = re.fullmatch(r"([\w-]+)(?:\[[\w,-]+\])?([^;]*)(?:;.*)?", dependency).groups()  # type: ignore[union-attr]
        assert ">=" in bounds, dependency
        assert "<" in bounds or name == "tzdata", dependency
        assert f"\n{name.lower()}==" in runtime, dependency


@pytest.mark.parametrize("folder", [ROOT, ROOT / "bench/lighthouse"], ids=["tests", "lighthouse"])
def test_the_npm_lock_has_hashes_and_no_address(folder: Path) -> None:
    packages = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    installed = {name: package for name, package in packages.items() if name}
    assert installed
    assert [name for name, package in installed.items() if "resolved" in package] == []
    assert [name for name, package in installed.items() if not package.get("integrity", "").startswith("sha512-")] == []


def test_no_file_names_a_package_registry() -> None:
    """Which registry or mirror is used is a matter of the machine."""
    assert lines_with(re.compile("|".join(map(re.escape, REGISTRIES)))) == []


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert lines_with(MACHINE_PATHS) == []


def test_nothing_is_left_unfinished() -> None:
    assert lines_with(UNFINISHED) == []


def test_every_text_ends_its_lines_with_lf_and_ends_with_one() -> None:
    bad = [name for name, text in texts() if "\r" in text or (text and not text.endswith("\n"))]
    assert bad == []


def test_no_link_and_no_submodule_is_tracked() -> None:
    """A link could bring a file of the machine that builds into the site."""
    staged = subprocess.run(["git", "ls-files", "--stage"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [line for line in staged.splitlines() if line.startswith(("120000", "160000"))] == []
    assert [path for path in tracked() if path.is_symlink()] == []


def test_of_the_built_site_only_its_gitignore_is_tracked() -> None:
    assert [path.name for path in tracked() if path.relative_to(ROOT).parts[0] == "site"] == [".gitignore"]


def test_what_ci_runs_are_targets_of_the_makefile() -> None:
    """What works in CI and what works here are the same sentence."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert {"site", "serve", "quick", "test", "lint", "types", "layers", "bless", "wheel", "peers", "bench"} <= targets
    everything = re.search(r"^all: ([a-z ]+?) ##", makefile, re.MULTILINE)
    loop = re.search(r"^for target in ([a-z ]+); do$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)
    assert everything is not None
    assert loop is not None
    assert loop[1].split() == everything[1].split()

"""Puts the server and all it needs into `bundled/`, for one platform; it fetches pinned versions and nothing else.

usage: python bundle/bundle.py [TARGET]      TARGET as vsce names platforms; without one, the platform of this machine
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
EXTENSION = HERE.parent
CHECKOUT = EXTENSION.parent.parent
BUNDLED = EXTENSION / "bundled"

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
"""The Pythons whose compiled parts are bundled; on others the extension offers to install them."""

PLATFORMS = {
    "linux-x64": ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
    "linux-arm64": ("manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64"),
    "alpine-x64": ("musllinux_1_2_x86_64",),
    "alpine-arm64": ("musllinux_1_2_aarch64",),
    "darwin-x64": ("macosx_10_13_x86_64", "macosx_10_12_x86_64", "macosx_10_9_x86_64"),
    "darwin-arm64": ("macosx_11_0_arm64",),
    "win32-x64": ("win_amd64",),
    "win32-arm64": ("win_arm64",),
}


def main(arguments: list[str]) -> None:
    """Fill `bundled/` anew."""
    target = arguments[0] if arguments else this_platform()
    if target not in PLATFORMS:
        sys.exit(f"unknown target {target}; known are {', '.join(PLATFORMS)}")
    shutil.rmtree(BUNDLED, ignore_errors=True)
    copy_server()
    served = [version for version in PYTHONS if copy_compiled(target, version)]
    if not served:
        sys.exit(f"there are no compiled parts for {target}")
    write_schemas()
    for name in ("start.py", "native.txt"):
        shutil.copy(HERE / name, BUNDLED / name)
    shutil.copy(CHECKOUT / "LICENSE", EXTENSION / "LICENSE")
    print(f"bundled/ holds wrongfix for {target} and Python {', '.join(served)}")


def this_platform() -> str:
    """Return vsce's name of the platform this runs on."""
    system = {"linux": "linux", "darwin": "darwin", "win32": "win32"}.get(sys.platform, sys.platform)
    if system == "linux" and platform.libc_ver()[0] != "glibc":
        system = "alpine"
    machine = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64"}.get(platform.machine().lower(), "arm64")
    return f"{system}-{machine}"


def copy_server() -> None:
    """Install the checkout and the pure parts, without what they pull in: all of it is listed."""
    folder = BUNDLED / "python"
    pip("install", "--no-deps", "--no-compile", "--target", str(folder), "--requirement", str(HERE / "pure.txt"))
    with tempfile.TemporaryDirectory() as built:
        pip("wheel", "--no-deps", "--wheel-dir", built, str(CHECKOUT))
        unpack(next(Path(built).glob("wrongfix-*.whl")), folder)
    shutil.rmtree(folder / "bin", ignore_errors=True)


def copy_compiled(target: str, version: str) -> bool:
    """Unpack the compiled parts for one Python, from the wheels that fit best; False if some part has none.

    The extension offers its user to install what is not there, so a gap is a gap and no failure.
    """
    tags = [part for tag in PLATFORMS[target] for part in ("--platform", tag)]
    with tempfile.TemporaryDirectory() as fetched:
        complete = pip(
            *("download", "--no-deps", "--only-binary", ":all:", "--implementation", "cp"),
            *("--python-version", version, *tags, "--dest", fetched, "--requirement", str(HERE / "native.txt")),
            optional=True,
        )
        for wheel in sorted(Path(fetched).glob("*.whl")) if complete else ():
            unpack(wheel, BUNDLED / "native" / f"cpython-{version.replace('.', '')}")
    return complete


def write_schemas() -> None:
    """Write the schemas with the bundled server, which needs compiled parts for this very Python."""
    with tempfile.TemporaryDirectory() as parts:
        pip("install", "--no-deps", "--target", parts, "--requirement", str(HERE / "native.txt"))
        path = os.pathsep.join((str(BUNDLED / "python"), parts))
        command = [sys.executable, str(HERE / "schemas.py"), str(EXTENSION / "schemas")]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": path})


def unpack(wheel: Path, folder: Path) -> None:
    """Unpack a wheel that holds nothing but packages."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)


def pip(*arguments: str, optional: bool = False) -> bool:
    """Run pip of this Python and say whether it succeeded; where that is not optional, its failure ends the program."""
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    succeeded = subprocess.run(command, check=False).returncode == 0
    if not succeeded and not optional:
        sys.exit(f"pip failed: {' '.join(arguments)}")
    return succeeded


if __name__ == "__main__":
    main(sys.argv[1:])

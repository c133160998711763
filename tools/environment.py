"""Make the virtual environment that `make` uses, with nothing at hand but Python.

usage: python3 tools/environment.py run|dev|voice

Installs what locks/<name>.txt pins, hashes checked, and the project itself, into .venv. Does nothing where that
is done already. A plain Debian or Ubuntu has Python without pip: then a pip elsewhere on the machine is used,
else one is installed with apt, as root or through sudo, else the one command to type is said. A folder that
could not be finished is removed again.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
NEWEST_FIRST = ("python3.14", "python3.13", "python3.12", "python3.11")
LEAST = (3, 11)
WHEELS = Path("/usr/share/python-wheels")  # where Debian keeps a pip for its own tools
PIP_FOR_OTHER_PYTHONS = (22, 3)  # the first pip with --python


class SetUpError(Exception):
    """What the person at the terminal has to do, in one line."""


def main(arguments: list[str]) -> int:
    """Make the environment for one purpose; returns the exit status."""
    purpose = arguments[0]
    done = VENV / f"{purpose}.done"
    wanted = fingerprint(purpose)
    if done.is_file() and done.read_text() == wanted:
        return 0
    try:
        pip = usable_environment() or new_environment()
        print(f"Installing what locks/{purpose}.txt pins ...", flush=True)
        install(pip, "--require-hashes", "-r", str(ROOT / "locks" / f"{purpose}.txt"))
        install(pip, "--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT))
    except SetUpError as error:
        print(f"Soft Spot: {error}", file=sys.stderr)
        return 1
    done.write_text(wanted)
    return 0


def fingerprint(purpose: str) -> str:
    """What an environment was made from: it is made anew when that changes."""
    parts = (ROOT / "locks" / f"{purpose}.txt", ROOT / "pyproject.toml")
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def usable_environment() -> list[str] | None:
    """The pip command of the environment that stands already, None where there is none of use."""
    python = VENV / "bin" / "python"
    if not any(VENV.glob("*.done")) or not works([str(python), "-c", "import sys"]):
        return None
    return next(pips(python), None)


def new_environment() -> list[str]:
    """Make an empty environment; returns its pip command. Raises SetUpError, and leaves no folder behind then."""
    base = new_enough_python()
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        return _with_pip(base) or _after_apt(base)
    except BaseException:
        shutil.rmtree(VENV, ignore_errors=True)
        raise


def new_enough_python() -> str:
    """A Python that is new enough: this one, or else one on the PATH. Raises SetUpError."""
    if sys.version_info >= LEAST:
        return sys.executable
    found = next(filter(None, map(shutil.which, NEWEST_FIRST)), None)
    if found is None:
        version = ".".join(map(str, sys.version_info[:3]))
        raise SetUpError(f"Python 3.11 or newer is needed; this is {version}.")
    return found


def pips(python: Path) -> Iterator[list[str]]:
    """The pip commands that can install into an environment, its own first."""
    if works([str(python), "-m", "pip", "--version"]):
        yield [str(python), "-m", "pip"]
    for candidate in ([sys.executable, "-m", "pip"], ["pip3"], ["pip"]):
        if works([*candidate, "--version"]) and pip_version(candidate) >= PIP_FOR_OTHER_PYTHONS:
            yield [*candidate, "--python", str(python)]
    for wheel in WHEELS.glob("pip-*.whl"):
        yield [str(python), str(wheel / "pip")]


def pip_version(pip: list[str]) -> tuple[int, ...]:
    """The version of a pip command, such as (23, 0)."""
    words = subprocess.run([*pip, "--version"], capture_output=True, text=True, check=False).stdout.split()
    return tuple(int(part) for part in words[1].split(".")[:2]) if len(words) > 1 else ()


def install(pip: list[str], *arguments: str) -> None:
    """Run `pip install`. Raises SetUpError, and leaves no folder behind then."""
    command = [*pip, "install", "--quiet", "--disable-pip-version-check", "--no-input", *arguments]
    if subprocess.run(command, check=False).returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        raise SetUpError("what is pinned could not be installed; what pip says of it stands above.")


def works(command: list[str]) -> bool:
    """Whether a command can be run and succeeds."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _with_pip(base: str) -> list[str] | None:
    """An environment and a pip for it; None where there is no pip."""
    if works([base, "-m", "ensurepip", "--version"]):
        run([base, "-m", "venv", str(VENV)])
    else:
        run([base, "-m", "venv", "--without-pip", str(VENV)])
    return next(pips(VENV / "bin" / "python"), None)


def _after_apt(base: str) -> list[str]:
    """The same once apt has installed what Debian leaves out. Raises SetUpError."""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", "python3-venv"]
    advice = SetUpError("Python has no pip here. Type: sudo apt-get install python3-venv")
    if shutil.which("apt-get") is None:
        raise SetUpError("Python has no pip here. Install pip for Python 3, and try again.")
    root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if root and not works([*root, "true"]):
        raise advice
    print("Installing python3-venv with apt ...", flush=True)
    if not works([*root, *command]):
        works([*root, "apt-get", "update"])
        if not works([*root, *command]):
            raise advice
    shutil.rmtree(VENV, ignore_errors=True)
    pip = _with_pip(base)
    if pip is None:
        raise advice
    return pip


def run(command: list[str]) -> None:
    """Run a command. Raises SetUpError where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SetUpError(f"{' '.join(command)} failed: {(done.stderr or done.stdout).strip()}")


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ("run", "dev", "voice"):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))

"""Setting up a virtual environment on machines that lack this or that."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tools import environment
from tools.environment import SetUpError


class Machine:
    """A machine of which one can say what works on it; commands are noted, not run."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        self.working: list[str] = []
        self.run: list[str] = []
        self.root = True
        self.programs = {"apt-get"}
        self.after_apt: Callable[[], None] = lambda: self.working.append("ensurepip")
        self.pip_version = (23, 0)
        self.venv = tmp_path / ".venv"
        (tmp_path / "locks").mkdir()
        (tmp_path / "locks" / "run.txt").write_text("a==1")
        (tmp_path / "pyproject.toml").write_text("")
        monkeypatch.setattr(environment, "ROOT", tmp_path)
        monkeypatch.setattr(environment, "VENV", self.venv)
        monkeypatch.setattr(environment, "WHEELS", tmp_path / "wheels")
        monkeypatch.setattr(environment, "works", self.works)
        monkeypatch.setattr(environment, "run", self.make)
        monkeypatch.setattr(environment, "pip_version", lambda _: self.pip_version)
        monkeypatch.setattr(shutil, "which", lambda name: name if name in self.programs else None)
        monkeypatch.setattr(os, "geteuid", lambda: 0 if self.root else 1000)
        monkeypatch.setattr(subprocess, "run", self.install)

    def works(self, command: list[str]) -> bool:
        """Whether a command works; apt changes what does."""
        said = " ".join(command)
        self.run.append(said)
        if "apt-get install" in said and "apt" in self.working:
            self.after_apt()
        if str(self.venv) in said:
            return "own pip" in self.working and "-m pip" in said
        return any(part in said for part in self.working)

    def make(self, command: list[str]) -> None:
        """Make the folder that the command would make."""
        self.run.append(" ".join(command))
        self.venv.mkdir(exist_ok=True)
        if "--without-pip" not in command:
            self.working.append("own pip")

    def install(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        """Note what pip would install."""
        self.run.append(" ".join(command))
        return subprocess.CompletedProcess(command, 1 if "broken" in self.working else 0)

    def installed(self) -> list[str]:
        """What pip was asked to install, by which pip."""
        return [command for command in self.run if " install " in command and "apt-get" not in command]


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    """A machine on which nothing but Python works."""
    return Machine(monkeypatch, tmp_path)


def test_pythons_own_pip_is_used_where_there_is_one(machine: Machine) -> None:
    """The lock is installed with hashes, then the project without asking any index."""
    machine.working = ["ensurepip"]
    assert environment.main(["run"]) == 0
    lock, project = machine.installed()
    assert lock.startswith(f"{machine.venv / 'bin' / 'python'} -m pip install")
    assert "--require-hashes -r" in lock
    assert "--no-deps --no-build-isolation --no-index -e" in project


def test_what_is_done_is_not_done_again(machine: Machine) -> None:
    """Until the lock or the project file changes."""
    machine.working = ["ensurepip"]
    environment.main(["run"])
    count = len(machine.run)
    assert environment.main(["run"]) == 0
    assert len(machine.run) == count
    (environment.ROOT / "locks" / "run.txt").write_text("a==2")
    environment.main(["run"])
    assert len(machine.run) > count


def test_a_pip_elsewhere_is_used_where_python_has_none(machine: Machine) -> None:
    """Debian without python3-venv, but with python3-pip."""
    machine.working = ["pip3 --version"]
    assert environment.main(["run"]) == 0
    assert any("venv --without-pip" in command for command in machine.run)
    assert machine.installed()[0].startswith("pip3 --python")


def test_debians_own_pip_wheel_serves_too(machine: Machine) -> None:
    """Run by the environment's Python, straight from the wheel."""
    wheel = environment.WHEELS / "pip-23.0.1-py3-none-any.whl"
    wheel.parent.mkdir()
    wheel.touch()
    assert environment.main(["run"]) == 0
    assert machine.installed()[0].startswith(f"{machine.venv / 'bin' / 'python'} {wheel}/pip install")


def test_an_old_pip_elsewhere_is_of_no_use(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    """It could not install into another environment."""
    machine.working = ["pip3 --version"]
    machine.pip_version = (20, 3)
    machine.programs = set()
    assert environment.main(["run"]) == 1
    assert "Install pip" in capsys.readouterr().err


def test_apt_installs_what_debian_leaves_out(machine: Machine) -> None:
    """As root."""
    machine.working = ["apt"]
    assert environment.main(["run"]) == 0
    assert "apt-get install --yes --no-install-recommends python3-venv" in machine.run
    assert machine.installed()


def test_apt_is_asked_through_sudo_for_others_than_root(machine: Machine) -> None:
    """Where sudo needs no password."""
    machine.working = ["apt", "sudo"]
    machine.root = False
    assert environment.main(["run"]) == 0
    assert any(command.startswith("sudo --non-interactive apt-get install") for command in machine.run)


@pytest.mark.parametrize(("root", "working"), [(False, []), (True, [])], ids=["no sudo", "apt fails"])
def test_else_the_one_command_is_said_and_no_folder_is_left(
    machine: Machine, root: bool, working: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """One clear line."""
    machine.root, machine.working = root, working
    assert environment.main(["run"]) == 1
    assert capsys.readouterr().err == ("Soft Spot: Python has no pip here. Type: sudo apt-get install python3-venv\n")
    assert not machine.venv.exists()


def test_a_failed_installation_leaves_no_folder(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    """Half an environment is worse than none."""
    machine.working = ["ensurepip", "broken"]
    assert environment.main(["run"]) == 1
    assert "could not be installed" in capsys.readouterr().err
    assert not machine.venv.exists()


def test_a_folder_that_was_left_half_made_is_made_anew(machine: Machine) -> None:
    """As after a power cut."""
    machine.working = ["ensurepip"]
    machine.venv.mkdir()
    (machine.venv / "rubbish").touch()
    assert environment.main(["run"]) == 0
    assert not (machine.venv / "rubbish").exists()


def test_an_old_python_is_named(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A newer one on the PATH is taken instead, if there is one."""
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SetUpError, match=r"Python 3\.11 or newer is needed; this is 3\.10\.4"):
        environment.new_enough_python()
    machine.programs = {"python3.13", "python3.11"}
    assert environment.new_enough_python() == "python3.13"


def test_a_failing_command_is_quoted() -> None:
    """With what it said."""
    with pytest.raises(SetUpError, match="failed: boom"):
        environment.run([sys.executable, "-c", "import sys; sys.exit('boom')"])
    environment.run([sys.executable, "-c", "pass"])
    assert environment.works([sys.executable, "-c", "pass"])
    assert not environment.works(["no-such-program"])

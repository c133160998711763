"""Pin what pyproject.toml asks for into locks/*.txt, for every Python and platform at once, with hashes.

usage: python3 tools/lock.py [--upgrade]

The locks name no addresses: where packages come from is a matter of the machine that installs them.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = "uv>=0.6,<1"
EXTRAS = {"run": ["chat"], "dev": ["chat", "content", "dynamodb"], "voice": []}


def main(arguments: list[str]) -> None:
    """Write the lock of each dependency group; versions that are pinned stay, unless they are to be upgraded."""
    python = str(ROOT / ".venv" / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", UV], check=True)
    for group, extras in EXTRAS.items():
        lock = f"locks/{group}.txt"
        command = [python, "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet", "--universal"]
        command += ["--python-version", "3.11", "--generate-hashes", "--no-header", "--output-file", lock]
        command += ["--group", group, *(f"--extra={extra}" for extra in extras), *arguments]
        subprocess.run(command, check=True, cwd=ROOT)
        print(lock)


if __name__ == "__main__":
    main(sys.argv[1:])

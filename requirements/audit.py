"""make audit: what is known against the packages of the locks, and under which licences they may be used.

Exit code 1 where a package has a known weakness. What no index answers for is said, and is no error.
"""

import json
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

HERE = Path(__file__).parent
LOCKS = ("run", "dev", "lab", "docs")
LICENCES = HERE / "licences.md"
HEAD = "# Licences of the packages that the locks name\n\nWritten by `make audit`.\n\n"


def weaknesses(lock: str) -> bool:
    """Tell what is known against the packages of one lock; whether anything is."""
    words = ("--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json", "-r")
    done = subprocess.run(
        [sys.executable, "-m", "pip_audit", *words, HERE / f"{lock}.lock"], capture_output=True, text=True, check=False
    )
    if not done.stdout.startswith("{"):
        print(f"{lock}: {' '.join(done.stderr.split()[-40:])}")
        return False
    found = json.loads(done.stdout)["dependencies"]
    asked = [one for one in found if "vulns" in one]
    for one in asked:
        for weakness in one["vulns"]:
            print(f"{lock}: {one['name']} {one['version']}: {weakness['id']}, mended in {weakness['fix_versions']}")
    unknown = f", {len(found) - len(asked)} that it does not know" if len(asked) < len(found) else ""
    print(f"{lock}: {len(asked)} packages audited{unknown}" if asked else f"{lock}: no index answers, nothing audited")
    return any(one["vulns"] for one in asked)


def licences() -> None:
    """Write what the packages installed here say of their licences."""
    names = sorted({name for lock in LOCKS for name in named(HERE / f"{lock}.lock")} & installed())
    words = ("--from=mixed", "--format=markdown", "--with-urls", "--no-version", "--with-system", "--packages")
    table = subprocess.run(
        [sys.executable, "-m", "piplicenses", *words, *names], capture_output=True, text=True, check=True
    )
    LICENCES.write_text(HEAD + table.stdout, encoding="utf-8")
    print(f"{LICENCES} written: {len(names)} packages")


def named(lock: Path) -> set[str]:
    """The packages a lock names."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    return {line.partition("==")[0].partition("[")[0] for line in lines if line[:1].isalnum() and "==" in line}


def installed() -> set[str]:
    """The packages of this environment, as locks name them."""
    return {one.metadata["Name"].lower().replace("_", "-").replace(".", "-") for one in distributions()}


if __name__ == "__main__":
    licences()
    sys.exit(max([weaknesses(lock) for lock in LOCKS]))

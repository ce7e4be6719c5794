"""Every dependency that pyproject.toml declares is imported by the package, or says for whom it is there."""

import ast
import re
import runpy
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NAMES = {
    "fonttools": "fontTools",
    "pillow": "PIL",
    "python-docx": "docx",
    "pyyaml": "yaml",
}  # where the module is called otherwise
COMMANDS = {"audit", "build", "dev", "docs", "lab"}  # extras that are run, not imported
BESIDE = {"dask": "distributed", "onnxruntime": "rapidocr", "opencv-python-headless": "rapidocr"}  # used by that one


def _imported() -> set[str]:
    """Modules imported in the package; `find_spec("x")` is one where only the files of x are used."""
    found = set()
    for path in (ROOT / "fiscal").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "find_spec":
                found |= {str(arg.value) for arg in node.args if isinstance(arg, ast.Constant)}
    return found


IMPORTED = _imported()
EXTRAS = [one for name, group in PROJECT["optional-dependencies"].items() if name not in COMMANDS for one in group]


@pytest.mark.parametrize("declared", [*PROJECT["dependencies"], *EXTRAS])
def test_a_declared_dependency_is_imported(declared):
    name = re.split(r"[<>=\[ ]", declared)[0]
    name = BESIDE.get(name, name)
    assert NAMES.get(name, name) in IMPORTED


def test_the_licences_of_what_is_installed_are_listed():
    audit = runpy.run_path(str(ROOT / "requirements" / "audit.py"))
    lines = audit["LICENCES"].read_text(encoding="utf-8").splitlines()
    listed = {line.split()[1].lower().replace("_", "-").replace(".", "-") for line in lines if line.startswith("| ")}
    wanted = audit["named"](ROOT / "requirements" / "run.lock") & audit["installed"]()
    assert len(wanted) > 50 and wanted <= listed

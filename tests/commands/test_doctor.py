import subprocess
import sys

from click.testing import CliRunner

from fiscal.cli import main
from fiscal.commands.doctor import Part, told


def test_the_doctor_names_every_part():
    said = CliRunner().invoke(main, ["doctor"])
    assert said.exit_code == 0
    assert all(word in said.output for word in ("OCR 文字识别", "LibreOffice", "JupyterLab", "中文字体"))


def test_what_is_missing_comes_with_the_next_step():
    assert told(Part("OCR", "scans", False, "pip install x")) == "no  OCR: scans — pip install x"
    assert told(Part("OCR", "scans", True, "pip install x")) == "yes OCR: scans"


def test_python_m_fiscal_is_the_command():
    said = subprocess.run([sys.executable, "-m", "fiscal", "--version"], capture_output=True, text=True, check=True)
    assert said.stdout.startswith("fiscal, version")

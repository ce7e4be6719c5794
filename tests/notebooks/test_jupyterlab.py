"""Notebooks in a real JupyterLab, driven by a browser: they run, and their outputs can be read in both themes."""

import os
import shutil
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium"),
    pytest.mark.skipif(find_spec("jupyterlab") is None, reason="no JupyterLab: make .venv/.lab"),
]
READY = """() => { const w = window.jupyterapp?.shell.currentWidget;
  return w?.sessionContext?.isReady && w.content.widgets.length > 1 }"""
IDLE = """() => { const w = jupyterapp.shell.currentWidget;
  return w.sessionContext.session.kernel.status === 'idle' && !w.node.textContent.includes('[*]:') }"""
ERRORS = "[data-mime-type$='.error'], [data-mime-type$='.stderr']"
# The least contrast between a text of our outputs and what lies behind it, and that text.
CONTRAST = """() => {
  const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255] };
  let worst = [99, ''];
  for (const e of document.querySelectorAll('fiscal-out :is(p,td,th,li,h3,h4,dt,dd,mark,figcaption,a,summary)')) {
    if (!e.textContent.trim() || !e.offsetParent) continue;
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < worst[0]) worst = [ratio, e.textContent.slice(0, 40)];
  }
  return worst }"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab on the project, with settings of its own."""
    home = tmp_path_factory.mktemp("lab")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    places = ("JUPYTER_CONFIG_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "JUPYTER_RUNTIME_DIR")
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}", "--allow-root",
        "--expose-app-in-browser", "--IdentityProvider.token=", f"--ServerApp.root_dir={ROOT}",
    ]  # fmt: skip
    server = subprocess.Popen(command, env=os.environ | {name: str(home / name) for name in places},
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        _wait(f"http://127.0.0.1:{port}/api")
        yield f"http://127.0.0.1:{port}/doc/tree/notebooks"
    finally:
        server.terminate()
        server.wait(20)


def _wait(address: str) -> None:
    for _ in range(120):
        try:
            urlopen(address).read()
            return
        except (URLError, ConnectionError):
            time.sleep(0.25)
    raise TimeoutError(address)


@pytest.fixture(scope="module")
def page():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": 1200, "height": 4000})
        browser.close()


@pytest.mark.parametrize("name", ["start", "10_reconciliation"])
def test_a_notebook_runs_and_can_be_read_in_both_themes(lab, page, name):
    page.goto(f"{lab}/{name}.ipynb")
    page.wait_for_function(READY)
    page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_selector("fiscal-out")
    page.wait_for_function(IDLE)
    assert page.locator(ERRORS).count() == 0
    for theme, is_light in (("Light", "true"), ("Dark", "false")):
        page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', {theme})", f"JupyterLab {theme}")
        page.wait_for_function("is => document.body.dataset.jpThemeLight === is", arg=is_light)
        worst, words = page.evaluate(CONTRAST)
        assert worst >= 4.5, (theme, words)
    page.evaluate("jupyterapp.commands.execute('kernelmenu:shutdown')")

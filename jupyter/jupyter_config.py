# Read by every program of Jupyter's that runs from .venv: the server, JupyterLab and nbconvert.
# Set-up copies this file to .venv/etc/jupyter/.
import logging
import sys
from importlib.util import find_spec
from pathlib import Path
from shutil import which

checkout = Path(sys.prefix).parent
c = get_config()  # noqa: F821

# The server: this machine only, with its token, and it asks nobody anything.
c.ServerApp.ip = "127.0.0.1"
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"
c.LanguageServerManager.autodetect = False  # no search for language servers at every start
# Two warnings that nobody here can act on: tornado's of jupyter_server's own default, and that a notebook from the
# repository is not trusted (its figures are data, not script, and are drawn all the same).
for logger, words in [("tornado.general", "websocket_ping_timeout"), ("ServerApp", "is not trusted")]:
    logging.getLogger(logger).addFilter(lambda record, words=words: words not in str(record.msg))

# One kernel: the launcher offers what works here.
c.KernelSpecManager.allowed_kernelspecs = {"xorlab"}
c.KernelSpecManager.ensure_native_kernel = False
c.MappingKernelManager.default_kernel_name = "xorlab"

# HTML pages that need no network, from the menu as from npm run export.
load_subconfig("exporter_config.py", path=str(checkout / "templates"))  # noqa: F821

# The export menu offers what works: HTML, Markdown and the code alone, and more where its programs are installed.
for exporter, works in {
    "ASCIIDocExporter": which("pandoc"),
    "RSTExporter": which("pandoc"),
    "LatexExporter": which("pandoc"),
    "PDFExporter": which("pandoc") and which("xelatex"),
    "WebPDFExporter": find_spec("playwright"),
    "QtExporter": None,  # its PDF and PNG
    "SlidesExporter": None,  # they ask another host for their script
}.items():
    c[exporter].enabled = works is not None

"""Starts a kernel as JupyterLab does and runs a cell in it: try_kernel.py KERNEL FOLDER CELL EXPECTED.

Prints the seconds until the cell has printed what is expected, or an error.
"""

import sys
import time

from jupyter_client.manager import KernelManager

name, folder, cell, expected = sys.argv[1:]
start = time.monotonic()
kernel = KernelManager(kernel_name=name)
kernel.start_kernel(cwd=folder)
printed = []


def keep(message):
    content = message["content"]
    printed.append(content.get("text", "") or "\n".join(content.get("traceback", [])))


try:
    client = kernel.blocking_client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    client.execute_interactive(cell, timeout=60, output_hook=keep)
finally:
    kernel.shutdown_kernel(now=True)
text = "".join(printed).strip()
if text != expected:
    sys.exit("a first cell printed " + (text or "nothing"))
print("%.1f" % (time.monotonic() - start))

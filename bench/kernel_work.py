"""Runs the cells of bench/page.mjs in a new kernel; prints the wall and processor time of each work in milliseconds."""

import json
import sys
import time

from jupyter_client.manager import start_new_kernel

cells = json.loads(sys.argv[1])
times = {}
began = time.perf_counter()
manager, client = start_new_kernel(kernel_name="xorlab")


def run(code):
    """The text of the cell's result, once the kernel is idle."""
    results = []

    def hook(message):
        if message["msg_type"] == "execute_result":
            results.append(message["content"]["data"]["text/plain"])

    reply = client.execute_interactive(code, output_hook=hook, timeout=600)
    if reply["content"]["status"] != "ok":
        raise SystemExit(str(reply["content"]))
    return results[-1] if results else ""


def cpu():
    """Processor time of the kernel so far, in milliseconds."""
    return float(run("const used = process.cpuUsage(); (used.user + used.system) / 1000"))


run(cells["imports"] + "\n1 + 1")
started = time.perf_counter()
times["start"] = {"wall": 1000 * (started - began), "cpu": cpu()}
for name in ["train", "study"]:
    run(cells["settings"] + "\n" + cells[name])
    before, began = cpu(), time.perf_counter()
    result = run(cells["settings"] + "\n" + cells[name])
    wall = 1000 * (time.perf_counter() - began)
    times[name] = {"wall": float(result) if name == "study" else wall, "cpu": cpu() - before}
client.stop_channels()
manager.shutdown_kernel(now=True)
print(json.dumps(times))

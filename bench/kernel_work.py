"""Runs the cells of bench/page.mjs in a new kernel; prints the wall and processor time of each work in milliseconds."""

import json
import sys
import time

from kernel import Kernel

cells = json.loads(sys.argv[1])
times = {}
began = time.perf_counter()
kernel = Kernel()
kernel.run(cells["imports"] + "\n1 + 1")
started = time.perf_counter()
times["start"] = {"wall": 1000 * (started - began), "cpu": kernel.cpu()}
for name in ["train", "study"]:
    kernel.run(cells["settings"] + "\n" + cells[name])
    before, began = kernel.cpu(), time.perf_counter()
    result = kernel.run(cells["settings"] + "\n" + cells[name])
    wall = 1000 * (time.perf_counter() - began)
    times[name] = {"wall": float(result) if name == "study" else wall, "cpu": kernel.cpu() - before}
kernel.close()
print(json.dumps(times))

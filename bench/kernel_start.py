"""kernel_start.py NAME CELLS: how long a kernel takes to its first result and for cells, and its memory, as JSON."""

import json
import statistics
import sys
import time

from kernel import Kernel

name, cells = sys.argv[1], json.loads(sys.argv[2])


def trivial(kernel):
    """Median time of a trivial cell, in milliseconds."""
    times = []
    for i in range(21):
        began = time.perf_counter()
        kernel.run(f"{i} + 1")
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)


began = time.perf_counter()
kernel = Kernel(name)
kernel.run("1 + 1")
found = {"start": 1000 * (time.perf_counter() - began), "startCpu": kernel.cpu()}
found["cell"] = trivial(kernel)
before = kernel.cpu()
kernel.run(cells["import"])
found["importCpu"] = kernel.cpu() - before
for first in range(0, 3000, 100):
    kernel.run("\n".join(cells["names"].replace("N", str(first + i)) for i in range(100)))
found["cellAmongNames"] = trivial(kernel)
kernel.close()

kernels = []
for _ in range(10):
    kernels.append(Kernel(name))
    kernels[-1].run(cells["import"])
found["memory"] = statistics.median(kernel.memory() or float("nan") for kernel in kernels)
for kernel in kernels:
    kernel.close()
print(json.dumps(found))

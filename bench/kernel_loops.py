"""Runs loops over variables of cells in a new kernel; prints nanoseconds for a turn: median of so many rounds."""

import json
import statistics
import sys

from kernel import Kernel

loops, names, rounds, turns = json.loads(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
kernel = Kernel()
kernel.run("let total = 0; const step = 0.5; const list = [1, 2, 3, 4]; function add(x: number) { total += x; }")
for first in range(0, names, 500):
    kernel.run("\n".join(f"let name{i} = {i};" for i in range(first, min(names, first + 500))))
times = {}
for name, loop in loops.items():
    cell = f"{{ const began = performance.now(); {loop.replace('TURNS', str(turns))}\n" + "var taken = performance.now() - began; } taken"
    kernel.run(cell)
    times[name] = statistics.median(float(kernel.run(cell)) for _ in range(rounds)) * 1e6 / turns
kernel.close()
print(json.dumps(times))

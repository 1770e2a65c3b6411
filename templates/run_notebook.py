"""Runs notebooks in fresh kernels and writes each as one HTML page; or writes their student editions, without running them.

Reads a line of JSON from standard input:
{"timeout": seconds or null, "jobs": how many at a time,
"notebooks": [{name, folder, page, index, laboratory, student, notebook}]}.
Writes one line of JSON for each event to standard output. Stops, and stops the kernels, when standard input closes:
so no kernel outlives the program that asked for the run.
"""

import asyncio
import atexit
import json
import os
import sys
import threading
import time
from pathlib import Path

# jsonschema asks for it to check addresses, which notebooks' schemas have none of; its import takes longer than all others.
sys.modules["rfc3987_syntax"] = None

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert import HTMLExporter
from nbconvert.preprocessors import ClearOutputPreprocessor
from traitlets.config import PyFileConfigLoader

FIGURE = "application/vnd.plotly.v1+json"
events = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)  # what a library prints must not get between the events

class Failure(Exception):
    """Why a notebook could not be exported: the fields of the event that says so."""

    def __init__(self, kind, **fields):
        super().__init__(kind)
        self.fields = {"kind": kind, **fields}


def tell(event, **fields):
    print(json.dumps({"event": event, **fields}), file=events, flush=True)


def when_input_closes(stop):
    """Calls `stop` in the event loop that runs now."""
    loop = asyncio.get_running_loop()

    def wait():
        sys.stdin.read()
        loop.call_soon_threadsafe(stop)

    threading.Thread(target=wait, daemon=True).start()


def is_run(cell):
    """Whether a cell is run and numbered, as a fresh kernel numbers it."""
    skipped = "skip-execution" in cell.metadata.get("tags", [])
    return cell.cell_type == "code" and cell.source.strip() != "" and not skipped


def error_text(cell):
    """The kernel's text of an error: an error output, or (stock tslab) standard error."""
    errors = [output for output in cell.outputs if output.output_type == "error"]
    traces = ["\n".join(e.traceback) or f"{e.ename}: {e.evalue}" for e in errors]
    if traces:
        return "\n".join(traces)
    return "".join(o.text for o in cell.outputs if o.output_type == "stream" and o.name == "stderr")


class Run(NotebookClient):
    """One notebook in one kernel; reports which cell it is running."""

    def __init__(self, job, notebook, timeout, startup_timeout):
        spec = notebook.metadata.get("kernelspec", {})
        kernel = spec.get("name", "xorlab")
        known = sorted(KernelSpecManager().find_kernel_specs())
        if kernel not in known and spec.get("language") == "typescript":
            kernel = "xorlab"  # under another name, or another kernel for the language: JupyterLab chooses so too
        if kernel not in known:
            raise Failure("kernel", kernel=kernel, known=known)
        self.name = job["name"]
        super().__init__(
            notebook,
            kernel_name=kernel,
            timeout=timeout,
            startup_timeout=startup_timeout,
            resources={"metadata": {"path": job["folder"]}},
            shutdown_kernel="immediate",
            coalesce_streams=True,
            on_cell_execute=self.begin,
        )
        self.cell, self.number = None, 0
        self.count = sum(is_run(cell) for cell in notebook.cells)

    def begin(self, cell, cell_index):
        self.cell, self.number = cell, self.number + 1
        tell("cell", name=self.name, number=self.number, count=self.count)

    def failure(self, kind, **fields):
        cell = self.cell
        where = {"number": self.number, "count": self.count, "source": cell.source} if cell else {}
        return Failure(kind, **where, **fields)

    async def all_cells(self):
        try:
            await self.async_execute()
        except CellExecutionError as error:
            raise self.failure("error", error=error_text(self.cell) or str(error)) from error
        except CellTimeoutError as error:
            raise self.failure("timeout", seconds=self.timeout) from error
        except DeadKernelError as error:
            raise self.failure("died", error=error_text(self.cell)) from error
        except (RuntimeError, OSError) as error:
            atexit.unregister(self._cleanup_kernel)  # the client would try to stop a kernel that never started
            raise self.failure("start", error=str(error)) from error
        except asyncio.CancelledError:
            if self.km is not None:  # it was about to start
                await self._async_cleanup_kernel()
            raise


async def run_all_cells(job, notebook, timeout):
    """Tries a second time if the kernel does not answer: another program may have taken its port."""
    try:
        await Run(job, notebook, timeout, 30).all_cells()
    except Failure as failure:
        if failure.fields["kind"] != "start":
            raise
        await Run(job, notebook, timeout, 60).all_cells()


def write_page(exporter, job, notebook):
    page = Path(job["page"])
    metadata = {key: job[key] for key in ("name", "index", "laboratory", "student")} | {"path": job["folder"]}
    html, _ = exporter.from_notebook_node(notebook, resources={"metadata": metadata})
    half_written = page.with_suffix(".part")
    half_written.write_text(html, encoding="utf-8")
    half_written.replace(page)
    return page.stat().st_size


def write_student_files(exporter, job, notebook):
    """The notebook without outputs beside its page, and the tables that its code names."""
    folder = Path(job["page"]).parent
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for name, text in exporter.filters["tables"](code, job["folder"]).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    cleared, _ = ClearOutputPreprocessor(enabled=True)(notebook, {})
    for cell in cleared.cells:
        for key in ("execution", "jupyter"):  # when it ran, and what was folded then
            cell.metadata.pop(key, None)
    cleared.metadata.setdefault("xorlab", {})["edition"] = "student"
    nbformat.write(cleared, Path(job["page"]).with_suffix(".ipynb"))


async def export(exporter, job, timeout):
    began = time.monotonic()
    name = job["name"]
    tell("begin", name=name, runs=not job["student"])
    notebook = nbformat.reads(job["notebook"], as_version=4)
    if not job["student"]:
        await run_all_cells(job, notebook, timeout)
    tell("convert", name=name)
    size = write_page(exporter, job, notebook)
    if job["student"]:
        write_student_files(exporter, job, notebook)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    tell(
        "written",
        name=name,
        page=job["page"],
        bytes=size,
        figures=None if job["student"] else sum(FIGURE in output.get("data", {}) for output in outputs),
        seconds=time.monotonic() - began,
    )


async def export_each(exporter, waiting, timeout):
    """Exports one notebook after the other, as long as there are any. After a failure none is left: those that run end."""
    while waiting:
        job = waiting.pop(0)
        try:
            await export(exporter, job, timeout)
        except Failure as failure:
            waiting.clear()
            tell("failed", name=job["name"], **failure.fields)


async def main():
    work = json.loads(sys.stdin.readline())
    templates = str(Path(__file__).resolve().parent)
    exporter = HTMLExporter(config=PyFileConfigLoader("exporter_config.py", path=templates).load_config())
    waiting = work["notebooks"]
    running = asyncio.gather(*[export_each(exporter, waiting, work["timeout"]) for _ in range(work["jobs"])])
    when_input_closes(running.cancel)
    try:
        await running
    except asyncio.CancelledError:
        sys.exit(1)


if __name__ == "__main__":
    run_sync(main)()

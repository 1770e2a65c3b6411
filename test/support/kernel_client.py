"""Runs cells in a real kernel, one after the other, and says what each sent.

On standard input: {"kernel": name, "folder": where it runs, "cells": {name: {"code": …, "interruptWhen": pattern}, …}}.
The cell is interrupted, as a front end's stop button does it, half a second after a display whose content the pattern matches.
On standard output: JSON with, for each cell's name, its reply's status, its outputs, and how long it went on after the
interrupt.
"""

import json
import queue
import re
import sys
import time

from jupyter_client import KernelManager

START_LIMIT = 120  # seconds: a cold machine reads all of TypeScript first
CELL_LIMIT = 120
WORK = 0.5  # seconds of further work before an interrupt


def run_cell(manager, client, code, pattern):
    message_id = client.execute(code, allow_stdin=False)
    outputs, interrupt_at, interrupted = [], None, None
    deadline = time.monotonic() + CELL_LIMIT
    while time.monotonic() < deadline:
        if interrupt_at and not interrupted and time.monotonic() >= interrupt_at:
            manager.interrupt_kernel()
            interrupted = time.monotonic()
        try:
            message = client.get_iopub_msg(timeout=0.02)
        except queue.Empty:
            continue
        if message["parent_header"].get("msg_id") != message_id:
            continue
        kind, content = message["msg_type"], message["content"]
        if kind == "status" and content["execution_state"] == "idle":
            break
        if kind in ("display_data", "update_display_data", "stream", "error", "execute_result"):
            outputs.append({"type": kind, "content": content})
            shown = json.dumps(content, ensure_ascii=False) if kind.endswith("display_data") else ""
            if pattern and not interrupt_at and re.search(pattern, shown):
                interrupt_at = time.monotonic() + WORK
    else:
        raise TimeoutError(f"this cell did not end: {code}")
    ended = time.monotonic()
    reply = client.get_shell_msg(timeout=10)
    while reply["parent_header"].get("msg_id") != message_id:
        reply = client.get_shell_msg(timeout=10)
    return {
        "status": reply["content"]["status"],
        "outputs": outputs,
        "secondsAfterInterrupt": ended - interrupted if interrupted else None,
    }


def main():
    request = json.load(sys.stdin)
    manager = KernelManager(kernel_name=request["kernel"])
    manager.start_kernel(cwd=request["folder"], stdout=sys.stderr)  # standard output is for the answer
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=START_LIMIT)
        results = {}
        for name, cell in request["cells"].items():
            results[name] = run_cell(manager, client, cell["code"], cell.get("interruptWhen"))
        json.dump(results, sys.stdout)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


main()

"""Runs Python's programs one after the other in one process, each as `python -m` does: most of their time goes into imports.

Each line of standard input is a list in JSON: a module's name and the arguments. Each line of standard output says how it
ended: {"code": …, "output": …, "errors": …}.
"""

import contextlib
import io
import json
import logging
import os
import runpy
import sys
import traceback

from traitlets.config import SingletonConfigurable


def forget():
    """What a program leaves behind in its process that the next one must not find."""
    for kind in all_kinds(SingletonConfigurable):
        kind._instance = None
    logging.root.handlers.clear()


def all_kinds(kind):
    return [kind, *(one for child in kind.__subclasses__() for one in all_kinds(child))]


def run(arguments):
    output, errors, code = io.StringIO(), io.StringIO(), 0
    sys.argv = list(arguments)
    forget()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        try:
            runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
            if isinstance(end.code, str):
                print(end.code, file=sys.stderr)
        except BaseException:
            traceback.print_exc()
            code = 1
    return {"code": code, "output": output.getvalue(), "errors": errors.getvalue()}


def main():
    answers = os.fdopen(os.dup(1), "w", encoding="utf8")
    os.dup2(2, 1)  # what kernels print is no answer
    sys.path[0] = os.getcwd()  # as `python -m` has it
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), file=answers, flush=True)


main()

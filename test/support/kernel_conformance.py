"""The official suite of the Jupyter project for kernels, with every sample set that applies to ours.

Which kernel: the variable XORLAB_TEST_KERNEL. On standard output, at the end, one line of JSON: what each test did.
"""

import json
import os
import sys
import unittest

from jupyter_kernel_test import KernelTests


class XorlabKernelTests(KernelTests):
    kernel_name = os.environ["XORLAB_TEST_KERNEL"]
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = 'console.log("hello, world");'
    code_stderr = 'console.error("to the other stream");'
    code_page_something = "Math.max?"
    code_clear_output = "console.clear();"
    code_generate_error = 'throw new Error("on purpose");'
    code_inspect_sample = "Math.max"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": '"six" + " words"', "result": "'six words'"},
        {"code": "[1, 2, 3].map((x) => x * x)", "result": "[ 1, 4, 9 ]"},
        {"code": "({ rate: 0.5 })", "result": "{ rate: 0.5 }"},
        {"code": "await Promise.resolve(7 * 8)", "result": "56"},
        {"code": "6 * 7", "result": "42"},
        {"code": "const half = 0.5;\nhalf + half", "result": "1"},
        {
            "code": '({ [Symbol.for("Jupyter.display")]: () => ({ "text/markdown": "**bold**" }) })',
            "mime": "text/markdown",
            "result": "**bold**",
        },
    ]
    code_display_data = [
        {
            "code": 'import { display } from "tslab";\ndisplay.markdown("**bold**");',
            "mime": "text/markdown",
        },
        {
            "code": 'import { figures, mlp, show, train, xor } from "xorlab";\n'
            "show(figures.loss(await train(mlp(), xor(), { epochs: 2, progress: false })));",
            "mime": "application/vnd.plotly.v1+json",
        },
    ]
    completion_samples = [
        {"text": "Math.hyp", "matches": {"hypot"}},
        {"text": "globalThi", "matches": {"globalThis"}},
        {"text": 'const owl = "🦉"; Math.hyp', "matches": {"hypot"}},
        {"text": "nothingHasThisName", "matches": set()},
    ]
    complete_code_samples = [
        "1 + 1",
        "const x = 1;",
        "function f(x: number) {\n  return x;\n}\n",
        "`one\ntwo`",
        "await Promise.resolve(1)",
        "type Pair = [number, number];",
        "for (const x of [1]) {\n  console.log(x);\n}",
        "",
    ]
    incomplete_code_samples = [
        "function f(",
        "function f() {",
        "const x = `one",
        "const list = [1,\n  2,",
        "if (true) {\n  1;",
        "/* a remark",
        "f(1,",
        "class A {\n  x = 1;",
    ]
    invalid_code_samples = ["}", "const = 1;", "1 +* 2;", "function f() { ) }", 'const x = "one\n"']
    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "6 ? 7"


class Outcomes(unittest.TextTestResult):
    """Keeps what each test did, samples of one test counted one by one."""

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.outcomes = {}

    def note(self, test, kind, text=""):
        self.outcomes.setdefault(test.id().split(".")[-1], []).append([kind, text])

    def addSuccess(self, test):
        super().addSuccess(test)
        self.note(test, "passed")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.note(getattr(test, "test_case", test), "skipped", reason)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.note(test, "failed", self._exc_info_to_string(error, test))

    addError = addFailure

    def addSubTest(self, test, part, error):
        super().addSubTest(test, part, error)
        if error is not None:
            self.note(test, "failed", f"{part}: {self._exc_info_to_string(error, test)}")


def main():
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(XorlabKernelTests)
    result = unittest.TextTestRunner(stream=sys.stderr, resultclass=Outcomes).run(suite)
    print(json.dumps({"run": result.testsRun, "outcomes": result.outcomes}))


main()

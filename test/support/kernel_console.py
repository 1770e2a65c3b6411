"""Uses `jupyter console` with the kernel as a person does, in a terminal.

On standard output, at the end: one line of JSON with what the terminal showed after each step, and whether the kernel's
process is gone at the end. Which kernel: the variable XORLAB_TEST_KERNEL.
"""

import json
import os
import re
import sys
import time

import pexpect

START_LIMIT = 120
LIMIT = 30
# Lines typed, each with what must show before the next is typed.
STEPS = [
    ("sum", "const a = 6, b = 7;", r"In \[2\]"),
    ("result", "a * b", r"Out\[2\]:\s*42[\s\S]*In \[3\]"),
    ("printed", 'console.log("printed " + a)', r"printed 6[\s\S]*In \[4\]"),
    ("error", 'throw new RangeError("too far")', r"RangeError[\s\S]*too far[\s\S]*In \[5\]"),
    ("typeError", 'const n: number = "text"', r"not assignable[\s\S]*In \[6\]"),
    ("awaited", "await new Promise((go) => setTimeout(go, 50, 'waited'))", r"'waited'[\s\S]*In \[7\]"),
]
COLOURS = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[()][A-Z0-9]|\x1b[=>]|\r")


def plain(text):
    return COLOURS.sub("", text)


class Terminal:
    def __init__(self):
        command = ["-m", "jupyter_console", "--kernel", os.environ["XORLAB_TEST_KERNEL"]]
        # On a busy machine the kernel says later whether a line is whole; the console would no longer ask it.
        command.append("--ZMQTerminalInteractiveShell.kernel_is_complete_timeout=60")
        environment = {**os.environ, "PROMPT_TOOLKIT_NO_CPR": "1", "TERM": "xterm"}
        self.child = pexpect.spawn(
            sys.executable, command, env=environment, dimensions=(50, 120), encoding="utf-8", timeout=LIMIT
        )

    def wait_for(self, pattern, limit=LIMIT):
        """What the terminal showed until then, without colours; raises if it never came."""
        seen, end = "", time.monotonic() + limit
        while not re.search(pattern, plain(seen)):
            if time.monotonic() > end:
                raise TimeoutError(f"{pattern} never came: {plain(seen)[-3000:]}")
            try:
                seen += self.child.read_nonblocking(10_000, timeout=0.2)
            except pexpect.TIMEOUT:
                pass
        return plain(seen)

    def type_line(self, line):
        self.child.send(line)
        time.sleep(0.3)  # the console asks the kernel whether the line is whole once it stands there
        self.child.send("\r")


def kernel_processes(folder):
    """The processes whose command names a connection file that came up since."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/cmdline", "rb") as file:
                if folder.encode() in file.read() and int(name) != os.getpid():
                    found.append(int(name))
        except OSError:
            pass
    return found


def main():
    folder = os.environ["JUPYTER_RUNTIME_DIR"]
    terminal, shown = Terminal(), {}
    shown["start"] = terminal.wait_for(r"In \[1\]", START_LIMIT)
    for name, line, pattern in STEPS:
        terminal.type_line(line)
        shown[name] = terminal.wait_for(pattern)
    terminal.type_line("for (const t of [1, 2]) {")
    time.sleep(0.5)
    terminal.type_line("console.log('turn ' + t);")
    terminal.type_line("}")
    time.sleep(0.3)
    terminal.child.send("\r")  # an empty line ends a block in this console
    shown["block"] = terminal.wait_for(r"turn 1\s+turn 2[\s\S]*In \[8\]")
    terminal.type_line("console.log('on ' + 1); for (;;) await new Promise((go) => setTimeout(go, 10));")
    terminal.wait_for(r"on 1")
    terminal.child.sendintr()
    shown["interrupted"] = terminal.wait_for(r"[Ii]nterrupt[\s\S]*In \[9\]")
    terminal.type_line("console.log('on ' + 2); while (true) {}")
    terminal.wait_for(r"on 2")
    terminal.child.sendintr()
    shown["stopped"] = terminal.wait_for(r"[Ii]nterrupt[\s\S]*In \[10\]")
    terminal.type_line("a + b")
    shown["kept"] = terminal.wait_for(r"Out\[10\]:\s*13[\s\S]*In \[11\]")
    terminal.type_line('const who = prompt("Who?");')
    terminal.wait_for(r"Who\?")
    terminal.type_line("Ada")
    terminal.wait_for(r"In \[12\]")
    terminal.type_line("who.length")
    shown["asked"] = terminal.wait_for(r"Out\[12\]:\s*3[\s\S]*In \[13\]")
    terminal.child.send("Math.hyp\t")
    shown["completed"] = terminal.wait_for(r"Math\.hypot|hypot")
    terminal.child.sendcontrol("c")  # throws the line away
    time.sleep(0.5)
    terminal.child.sendcontrol("d")
    terminal.wait_for(r"really want to exit")
    terminal.child.send("y\r")
    terminal.child.expect(pexpect.EOF)
    terminal.child.close()
    end = time.monotonic() + 10
    while kernel_processes(folder) and time.monotonic() < end:
        time.sleep(0.1)
    print(json.dumps({"shown": shown, "exit": terminal.child.exitstatus, "left": kernel_processes(folder)}))


main()

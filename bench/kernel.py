"""A new kernel, for the programs here that measure one."""

import psutil
from jupyter_client.manager import start_new_kernel


class Kernel:
    def __init__(self, name="xorlab"):
        self.manager, self.client = start_new_kernel(kernel_name=name)
        self.process = psutil.Process(self.manager.provisioner.pid)

    def run(self, code):
        """The text of the cell's result, once the kernel is idle."""
        results = []

        def hook(message):
            if message["msg_type"] == "execute_result":
                results.append(message["content"]["data"]["text/plain"])

        reply = self.client.execute_interactive(code, output_hook=hook, timeout=600)
        if reply["content"]["status"] != "ok":
            raise SystemExit(str(reply["content"]))
        return results[-1] if results else ""

    def processes(self):
        return [self.process, *self.process.children(recursive=True)]

    def cpu(self):
        """Processor time of the kernel so far, in milliseconds."""
        return sum(1000 * (used.user + used.system) for used in (one.cpu_times() for one in self.processes()))

    def memory(self):
        """Memory in MB; what processes share counts for each of them in its share. None where this is not known."""
        try:
            return sum(one.memory_full_info().pss for one in self.processes()) / 1e6
        except AttributeError:
            return None

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

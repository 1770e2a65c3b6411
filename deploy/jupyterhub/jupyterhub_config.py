# A JupyterHub for a class, with the kernel TypeScript (xorlab). docs/teaching.md says how to set it up; tools/hub.mjs tries this file.
#
#   XORLAB_STUDENT  the folder that `npm run export -- --student` wrote: each user gets its notebooks
#   XORLAB_IDLE     seconds after which a user's server is stopped if nobody uses it (3600)
import os
import sys
from pathlib import Path

c = get_config()  # noqa: F821
idle = int(os.environ.get("XORLAB_IDLE", 3600))

# This machine only. Others come through a web server with HTTPS in front of it, or set bind_url and JupyterHub's own ssl_key
# and ssl_cert. Who may come is up to the authenticator; without another one it is the machine's own users, with their passwords.
c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.Authenticator.allow_all = True

# The notebooks are handed out as a server starts: what a student has stays as it is, what is missing comes again.
c.Spawner.cmd = [str(Path(__file__).resolve().parent / "start-student.sh")]
c.Spawner.environment = {"XORLAB_STUDENT": os.environ.get("XORLAB_STUDENT", "")}
c.Spawner.default_url = "/lab"

# A server waits up to two minutes when thirty start at once. A kernel that has computed nothing for 20 minutes ends, even if
# its notebook is still open: the notebook keeps its outputs, the variables are gone.
c.Spawner.start_timeout = c.Spawner.http_timeout = 120
c.Spawner.args = [
    "--MappingKernelManager.cull_idle_timeout=1200",
    "--MappingKernelManager.cull_interval=60",
    "--MappingKernelManager.cull_connected=True",
    "--LabApp.news_url=None",
]

# Servers that nobody uses are stopped.
c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [
            sys.executable,
            "-m",
            "jupyterhub_idle_culler",
            f"--timeout={idle}",
            f"--cull-every={max(5, min(300, idle // 4))}",
        ],
    }
]
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["idle-culler"],
    }
]

"""Unpacks TensorFlow's library and C headers: unpack_wheel.py WHEEL FOLDER.

Only what tfjs-node is linked with; each file is renamed when it is whole. Prints what it does, and at last the
libraries' sizes as JSON.
"""

import json
import os
import shutil
import sys
import zipfile

LIBRARIES = ("libtensorflow_cc.so.2", "libtensorflow_framework.so.2")
HEADERS = tuple("include/" + part for part in ("tensorflow/c/", "tensorflow/core/platform/", "tsl/", "xla/tsl/"))

wheel, folder = sys.argv[1:]
sizes = {}
with zipfile.ZipFile(wheel) as archive:
    for entry in archive.infolist():
        _, _, name = entry.filename.partition("tensorflow/")
        if name in LIBRARIES:
            print("unpacking", name, entry.file_size // 1000000, "MB", flush=True)
            name = "lib/" + name
            sizes[name] = entry.file_size
        elif not name.startswith(HEADERS) or entry.is_dir():
            continue
        path = os.path.join(folder, *name.split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with archive.open(entry) as source, open(path + ".part", "wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
        os.replace(path + ".part", path)
print(json.dumps(sizes))

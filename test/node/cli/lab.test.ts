import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { checkPort, readLabArguments } from "../../../src/node/cli/lab.js";
import { CHECKOUT } from "../../support/checkout.js";
import { freePort, type RunningLab, runCommand, startLab } from "../../support/labCommand.js";

/** Something that listens on a port of its own. */
async function listener(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: (server.address() as { port: number }).port };
}

test("readLabArguments() takes its own options and hands on all others", () => {
  assert.deepEqual(readLabArguments([]), {
    ...{ port: undefined, browser: true, root: CHECKOUT, notebook: undefined, others: [] },
  });
  assert.deepEqual(readLabArguments(["--no-browser", "--port", "9999", "--debug"]).others, ["--debug"]);
  assert.equal(readLabArguments(["--port=9999"]).port, 9999);
  assert.equal(readLabArguments(["--ServerApp.port=9999"]).port, 9999);
  assert.equal(readLabArguments(["--no-browser"]).browser, false);
  assert.deepEqual(readLabArguments(["--ServerApp.token", "abc"]).others, ["--ServerApp.token", "abc"]);
});

test("readLabArguments() refuses a port that is none", () => {
  for (const argv of [["--port"], ["--port", "abc"], ["--port=0"], ["--port=65536"], ["--port", "80.5"]])
    assert.throws(() => readLabArguments(argv), /^\w+: xorlab lab: --port must be a whole number ≥ 1/);
});

test("readLabArguments() finds notebooks and folders from where the user is", () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "xorlab-lab-")));
  try {
    const deep = join(folder, "deep");
    mkdirSync(deep);
    for (const name of ["a.ipynb", join("deep", "b.ipynb")]) writeFileSync(join(folder, name), "{}");
    const served = (here: string, ...argv: string[]) => {
      const { root, notebook, others } = readLabArguments(argv, here);
      assert.deepEqual(others, argv.includes("--debug") ? ["--debug"] : []);
      return [root, notebook];
    };
    assert.deepEqual(served(folder, "deep/b.ipynb"), [folder, "deep/b.ipynb"], "below the user's folder");
    assert.deepEqual(served(deep, "../a.ipynb", "--no-browser"), [folder, "a.ipynb"], "beside it");
    assert.deepEqual(served(CHECKOUT, join(deep, "b.ipynb")), [deep, "b.ipynb"], "elsewhere");
    assert.deepEqual(served(folder, "--debug", "deep"), [deep, undefined]);
    assert.deepEqual(served(deep, "."), [deep, undefined]);
    const ours = join("notebooks", "01-sigmoid-success.ipynb");
    assert.deepEqual(served(folder, join(CHECKOUT, ours)), [CHECKOUT, "notebooks/01-sigmoid-success.ipynb"]);
    const refused = (pattern: RegExp, ...argv: string[]) =>
      assert.throws(() => readLabArguments(argv, folder), pattern);
    refused(
      /there is no notebook ".*none\.ipynb"\n {2}Cure: check the path, or make it: --new none/,
      "none.ipynb",
    );
    refused(/there is no folder or notebook \(\.ipynb\) ".*none"/, "none");
    refused(/name one notebook or folder, got .*a\.ipynb" and .*deep"/, "a.ipynb", "deep");
    refused(/--new needs the notebook's name/, "--new");
    refused(/cannot be written/, "--new", join("no", "folder.ipynb"));
    assert.deepEqual(served(folder, "--new", "c.ipynb"), [folder, "c.ipynb"]);
    assert.equal(
      JSON.parse(readFileSync(join(folder, "c.ipynb"), "utf8")).metadata.kernelspec.name,
      "xorlab",
    );
    served(folder, "--new", "a.ipynb");
    assert.equal(readFileSync(join(folder, "a.ipynb"), "utf8"), "{}", "what is there stays");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("npm start and npm run export take paths from where the user is", () => {
  const npm = (script: string, ...args: string[]) =>
    spawnSync(process.execPath, [join(CHECKOUT, "dist", "src", "node", "cli", "main.js"), ...args], {
      cwd: CHECKOUT,
      env: {
        ...process.env,
        INIT_CWD: join(CHECKOUT, "notebooks"),
        npm_lifecycle_event: script,
        npm_package_json: join(CHECKOUT, "package.json"),
      },
      encoding: "utf8",
    }).stderr;
  assert.match(npm("start", "lab", "none.ipynb"), /no notebook ".*notebooks\Wnone\.ipynb"/);
  assert.match(
    npm("export", "export", "../notebooks/none"),
    /notebook in \.\.\/notebooks: "none".*01-sigmoid/,
  );
});

test("checkPort() refuses a port that is in use", async () => {
  const { server, port } = await listener();
  try {
    await assert.rejects(checkPort(port), {
      message: `xorlab lab: port ${port} is in use\n  Cure: npm start   (which takes a free port), or stop the program that uses ${port}`,
    });
  } finally {
    server.close();
  }
  await checkPort(await freePort());
});

test("xorlab lab stops at a port in use before JupyterLab starts", async () => {
  const { server, port } = await listener();
  try {
    const { code, stdout, stderr } = await runCommand(["lab", "--no-browser", "--port", String(port)]);
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /^xorlab lab: port \d+ is in use\n {2}Cure: npm start .*\n$/);
  } finally {
    server.close();
  }
});

test("xorlab names its commands, its version, and the command that was meant", async () => {
  const help = await runCommand(["--help"]);
  assert.equal(help.code, 0);
  assert.match(help.stdout, /lab +opens the notebooks[\s\S]*export +runs notebooks/);
  assert.match((await runCommand(["--version"])).stdout, /^\d+\.\d+\.\d+\n$/);
  for (const asked of [["--help"], ["-h", "none.ipynb"]])
    assert.match((await runCommand(["lab", ...asked])).stdout, /--no-browser/);
  const wrong = await runCommand(["lav"]);
  assert.deepEqual([wrong.code, wrong.stdout], [1, ""]);
  assert.match(wrong.stderr, /^xorlab: unknown command "lav"; did you mean "lab"\? \(.*\)\n$/);
});

let lab: RunningLab;
const standard = createServer().on("error", () => {}); // another program may listen there already
before(async () => {
  standard.listen(8888, "127.0.0.1");
  lab = await startLab([]);
});
after(() => {
  standard.close();
  return lab?.stop();
});

const get = (path: string, token?: string, origin = lab.origin) =>
  fetch(`${origin}${path}`, {
    headers: token ? { Authorization: `token ${token}` } : {},
    redirect: "manual",
  });

test("JupyterLab takes another port where 8888 is in use, and xorlab says so", () => {
  const port = Number(new URL(lab.origin).port);
  assert.notEqual(port, 8888);
  assert.match(lab.printed(), new RegExp(`\\nPort 8888 is in use; this is port ${port}\\.\\n`));
});

test("JupyterLab answers nobody without its token", async () => {
  assert.equal((await get("/api/contents")).status, 403);
  assert.equal((await get("/api/contents", "wrong")).status, 403);
  assert.equal((await get("/api/contents", lab.token)).status, 200);
});

test("JupyterLab listens on this machine's own address only", async () => {
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === "IPv4");
  for (const { address } of others)
    await assert.rejects(get("/api", lab.token, lab.origin.replace("127.0.0.1", address)), /fetch failed/);
});

test("JupyterLab offers the kernel of xorlab and serves the checkout", async () => {
  const kernels = (await (await get("/api/kernelspecs", lab.token)).json()) as {
    default: string;
    kernelspecs: Record<string, { spec: { display_name: string } }>;
  };
  assert.deepEqual(Object.keys(kernels.kernelspecs), ["xorlab"]);
  assert.equal(kernels.default, "xorlab");
  assert.equal(kernels.kernelspecs.xorlab.spec.display_name, "TypeScript (xorlab)");
  assert.equal((await get("/api/contents/package.json", lab.token)).status, 200);
});

test("JupyterLab's pages ask nobody for news or updates", async () => {
  const settings = (await (await get("/lab/api/settings", lab.token)).json()) as {
    settings: {
      id: string;
      settings: Record<string, unknown>;
      schema: { properties: Record<string, { default: unknown }> };
    }[];
  };
  const notification = settings.settings.find(
    ({ id }) => id === "@jupyterlab/apputils-extension:notification",
  );
  const properties = notification?.schema.properties;
  assert.deepEqual([properties?.fetchNews.default, properties?.checkForUpdates.default], ["false", false]);
  assert.equal((await get("/lab/api/news", lab.token)).status, 200);
  assert.deepEqual(await (await get("/lab/api/news", lab.token)).json(), { news: [] });
});

test("Ctrl-C ends JupyterLab with its kernels, at once and with exit code 0", async () => {
  const started = await fetch(`${lab.origin}/api/kernels`, {
    method: "POST",
    headers: { Authorization: `token ${lab.token}` },
    body: JSON.stringify({ name: "xorlab" }),
  });
  const { id } = (await started.json()) as { id: string };
  const connection = join(CHECKOUT, ".jupyter", "runtime", `kernel-${id}.json`);
  assert.ok(existsSync(connection), "the kernel runs");
  assert.equal(await lab.stop(), 0);
  assert.ok(!existsSync(connection), "the kernel was shut down");
  await assert.rejects(get("/api", lab.token), /fetch failed/);
  assert.match(
    lab.printed(),
    /Open this address:\n\n {4}http:\/\/127[\s\S]*Ctrl-C stops it\.[\s\S]*Stopping JupyterLab/,
  );
});

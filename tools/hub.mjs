// A class on a real JupyterHub: students run notebook 01 at once, go away, are stopped by idle culling, and come back.
//
//   node tools/hub.mjs [STUDENTS] [--together N] [--folder DIR]
//
//   STUDENTS      how many (5)
//   --together N  how many run the notebook at the same time (all). If fewer, nobody is stopped: servers and kernels of those who have
//                 run stay, so that the memory of many can be measured
//   --folder DIR  where JupyterHub is installed (a temporary folder); one that is there is used again
//
// Tries deploy/jupyterhub/jupyterhub_config.py, with passwords that are not asked for. Prints what each student took: memory as the
// proportional set size of all processes (shared pages are divided among those who share them), processor seconds, wall time.
// Needs Linux, Python, Chromium (set CHROMIUM to its path if it is not found) and a minute to install JupyterHub from PyPI and npm.
import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { freemem, tmpdir, totalmem } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const PACKAGES = ["jupyterhub==6.1.1", "jupyterhub-idle-culler==2.0.0"];
const PROXY = "configurable-http-proxy@5.3.0";
const NOTEBOOK = "01-sigmoid-success.ipynb";
const IDLE = 150; // seconds until a student's server is stopped: on a busy machine a cell may be silent for long
const LONG = 900_000; // milliseconds that a notebook may take on a busy machine

const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { together: { type: "string" }, folder: { type: "string" } },
});
const count = Number(positionals[0] ?? 5);
const together = Number(values.together ?? count);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(together) || together < 1)
  throw new RangeError("hub: STUDENTS and --together must be whole numbers ≥ 1");

const folder = resolve(values.folder ?? mkdtempSync(join(tmpdir(), "xorlab-hub-")));
const python = join(folder, "venv", "bin", "python");
const students = Array.from({ length: count }, (_, i) => `student${i + 1}`);
const homes = join(folder, "homes");

/** Installs JupyterHub with its proxy, JupyterLab and the kernel. */
function install() {
  mkdirSync(folder, { recursive: true });
  const run = (/** @type {string} */ program, /** @type {string[]} */ ...options) =>
    execFileSync(program, options, { stdio: ["ignore", "ignore", "inherit"], cwd: folder });
  if (!existsSync(join(folder, "venv", "bin", "jupyterhub"))) {
    run("python3", "-m", "venv", "venv");
    run(python, "-m", "pip", "install", "-q", ...PACKAGES, "-r", join(checkout, "requirements.txt"));
  }
  if (!existsSync(join(folder, "node_modules", ".bin", "configurable-http-proxy")))
    run("npm", "install", "--silent", "--prefix", folder, PROXY);
  const command = join(checkout, "dist", "src", "node", "cli", "main.js");
  run(process.execPath, command, "kernel", "install", "--prefix", join(folder, "venv"));
  run(process.execPath, command, "export", "--student", "--out", join(folder, "student"));
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => done(port));
    });
  });
}

/** Starts JupyterHub with the class's configuration; here nobody has a password, and all users are this one. */
async function startHub() {
  const [port, hubPort, apiPort] = [await freePort(), await freePort(), await freePort()];
  rmSync(homes, { recursive: true, force: true });
  rmSync(join(folder, "jupyterhub.sqlite"), { force: true });
  mkdirSync(homes);
  writeFileSync(
    join(folder, "config.py"),
    `load_subconfig(${JSON.stringify(join(checkout, "deploy", "jupyterhub", "jupyterhub_config.py"))})
c = get_config()
c.JupyterHub.bind_url = "http://127.0.0.1:${port}"
c.JupyterHub.hub_port = ${hubPort}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:${apiPort}"
c.JupyterHub.authenticator_class = "dummy"
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = ${JSON.stringify(join(homes, "{username}"))}
c.Spawner.args = [*c.Spawner.args, "--allow-root"]
c.JupyterHub.last_activity_interval = 10
`,
  );
  const path = [join(folder, "venv", "bin"), join(folder, "node_modules", ".bin"), process.env.PATH].join(
    ":",
  );
  const env = {
    ...process.env,
    PATH: path,
    XORLAB_STUDENT: join(folder, "student"),
    XORLAB_IDLE: String(together < count ? 86_400 : IDLE),
    JUPYTERHUB_ACTIVITY_INTERVAL: "10",
  };
  const hub = spawn(python, ["-m", "jupyterhub", "-f", "config.py"], { cwd: folder, env, detached: true });
  process.on("exit", () => hub.kill("SIGTERM"));
  let said = "";
  for (const stream of [hub.stdout, hub.stderr])
    stream.setEncoding("utf8").on("data", (text) => (said += text));
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    if (hub.exitCode !== null || tries > 300) throw new Error(`JupyterHub did not start:\n${said}`);
    const answer = await fetch(`${origin}/hub/health`).catch(() => undefined);
    if (answer?.ok) break;
    await sleep(200);
  }
  const stop = async () => {
    hub.kill("SIGTERM");
    for (let tries = 0; hub.exitCode === null && tries < 100; tries++) await sleep(200);
    writeFileSync(join(folder, "hub.log"), said);
  };
  return { origin, stop };
}

/** @typedef {{ id: number, parent: number, command: string, cpu: number }} Process  cpu: in seconds */

/** @returns {Process[]} */
function processes() {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        const fields = stat
          .slice(stat.lastIndexOf(")") + 2)
          .split(" ")
          .map(Number);
        return [
          {
            id: Number(name),
            parent: fields[1],
            command,
            cpu: (fields[11] + fields[12] + fields[13] + fields[14]) / 100,
          },
        ];
      } catch {
        return []; // it has ended
      }
    });
}

/** What each student's server and kernel take now. */
function use() {
  const all = processes();
  /** @type {(id: number) => Process[]} */
  const below = (id) => all.filter(({ parent }) => parent === id).flatMap((one) => [one, ...below(one.id)]);
  return students.map((student) => {
    const servers = all.filter(
      ({ id, command }) => homeOf(id) === join(homes, student) && /singleuser/.test(command),
    );
    const [server] = servers;
    if (!server) return { server: 0, kernel: 0, cpu: 0 };
    const kernels = below(server.id);
    const size = (/** @type {Process[]} */ some) => some.reduce((sum, { id }) => sum + pss(id), 0);
    return {
      server: size([server]),
      kernel: size(kernels),
      cpu: [server, ...kernels].reduce((sum, { cpu }) => sum + cpu, 0),
    };
  });
}

/** @param {number} id */
function homeOf(id) {
  try {
    return /(?:^|\0)HOME=([^\0]*)/.exec(readFileSync(`/proc/${id}/environ`, "utf8"))?.[1];
  } catch {
    return undefined;
  }
}

/** @param {number} id  @returns {number}  MB */
function pss(id) {
  try {
    return Number(/^Pss: +(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, "utf8"))?.[1]) / 1000;
  } catch {
    return 0;
  }
}

/** @param {import("playwright-core").Browser} browser  @param {string} origin  @param {string} student */
async function signIn(browser, origin, student) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 1000 } });
  context.setDefaultTimeout(180_000); // on a busy machine
  const page = await context.newPage();
  const notebook = `/user/${student}/lab/tree/xorlab/${NOTEBOOK}`;
  const next = `/hub/spawn/${student}?next=${encodeURIComponent(notebook)}`;
  await page.goto(`${origin}/hub/login?next=${encodeURIComponent(next)}`);
  await page.locator("#username_input").fill(student);
  await page.locator("#password_input").fill("");
  await page.locator("#login_submit").click();
  await page.locator(".jp-Notebook").waitFor({ timeout: 180_000 });
  await page.locator(".jp-Toolbar-kernelName", { hasText: "TypeScript" }).waitFor();
  await page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor({ timeout: LONG });
  return page;
}

/** The code cells of a student's notebook on disk. @param {string} student */
function codeCells(student) {
  const text = readFileSync(join(homes, student, "xorlab", NOTEBOOK), "utf8");
  return JSON.parse(text).cells.filter((/** @type {any} */ cell) => cell.cell_type === "code");
}

/** Runs all cells and saves, by the menus. @param {import("playwright-core").Page} page  @param {string} student */
async function runAll(page, student) {
  const began = Date.now();
  const choose = async (/** @type {string} */ menu, /** @type {string} */ item) => {
    await page.locator(`.lm-MenuBar-itemLabel:text-is("${menu}")`).click();
    await page.locator(`.lm-Menu-itemLabel:text-is("${item}")`).last().click();
  };
  await choose("Run", "Run All Cells");
  const last = codeCells(student).length;
  const idle = page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]');
  for (;;) {
    await idle.waitFor({ timeout: LONG });
    await choose("File", "Save Notebook");
    await sleep(1000);
    const counts = codeCells(student).map((/** @type {any} */ cell) => cell.execution_count);
    if (counts.every(Number.isInteger) && counts.length === last) break;
    if (Date.now() - began > LONG) throw new Error(`${student}: cells were not run: ${counts}`);
  }
  return (Date.now() - began) / 1000;
}

/** Lists of numbers as "least–largest". @param {number[]} numbers */
const range = (numbers) => `${Math.round(Math.min(...numbers))}–${Math.round(Math.max(...numbers))}`;
const mean = (/** @type {number[]} */ numbers) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
/** @param {string} text */
const say = (text) => process.stdout.write(`${text}\n`);
/** What the whole machine has in use, without its caches. */
const inUse = () => {
  const info = readFileSync("/proc/meminfo", "utf8");
  return (totalmem() - Number(/MemAvailable: +(\d+)/.exec(info)?.[1] ?? freemem() / 1024) * 1024) / 1e6;
};

/** @param {string} what */
function report(what) {
  const now = use().filter(({ server }) => server > 0);
  const total = now.map(({ server, kernel }) => server + kernel);
  say(
    `${what}: ${now.length} servers; MB each: server ${range(now.map((one) => one.server))}, kernel ${range(now.map((one) => one.kernel))}, together ${range(total)}, mean ${mean(total).toFixed(0)}, all ${(total.reduce((a, b) => a + b, 0) / 1000).toFixed(1)} GB; CPU seconds each ${range(now.map(({ cpu }) => cpu))}; the machine uses ${(inUse() / 1000).toFixed(1)} GB`,
  );
}

/** Nobody works any more: servers are stopped, files stay as they are, and the first student comes back. */
async function comeBack() {
  const saved = students.map((student) => readFileSync(join(homes, student, "xorlab", NOTEBOOK), "utf8"));
  const gone = Date.now();
  while (use().some(({ server }) => server > 0)) {
    if (Date.now() - gone > 600_000) throw new Error("idle servers were not stopped within ten minutes");
    await sleep(2000);
  }
  say(
    `all servers and kernels were stopped ${((Date.now() - gone) / 1000).toFixed(0)} s later (idle: ${IDLE} s)`,
  );
  students.forEach((student, i) => {
    if (readFileSync(join(homes, student, "xorlab", NOTEBOOK), "utf8") !== saved[i])
      throw new Error(`${student}: the saved notebook has changed`);
    const outputs = codeCells(student).flatMap((/** @type {any} */ cell) => cell.outputs);
    if (outputs.length < 15 || outputs.some((/** @type {any} */ output) => output.output_type === "error"))
      throw new Error(`${student}: ${outputs.length} outputs are saved, or an error among them`);
  });
  const page = await signIn(browser, origin, students[0]);
  await page.locator(".jp-OutputArea-output").first().waitFor();
  await page.screenshot({ path: join(folder, "again.png") });
  say(`all notebooks are saved with their outputs; ${students[0]} opened it again, with a kernel`);
}

const began = Date.now();
install();
say(`installed in ${((Date.now() - began) / 1000).toFixed(0)} s: ${folder}`);
const { origin, stop } = await startHub();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
try {
  for (let first = 0; first < count; first += together) {
    const group = students.slice(first, first + together);
    const pages = await Promise.all(group.map((student) => signIn(browser, origin, student)));
    report(`${group[0]} to ${group.at(-1)} have the notebook open`);
    /** @type {number[]} */
    const peaks = students.map(() => 0);
    const watch = setInterval(() => {
      use().forEach(({ server, kernel }, i) => {
        peaks[i] = Math.max(peaks[i], server + kernel);
      });
    }, 1000);
    const seconds = await Promise.all(pages.map((page, i) => runAll(page, group[i])));
    clearInterval(watch);
    say(
      `they ran all cells in ${range(seconds)} s; largest memory while they ran, MB: ${range(peaks.slice(first, first + group.length))}`,
    );
    report("afterwards");
    await pages[0].screenshot({ path: join(folder, "hub.png") });
    await Promise.all(pages.map((page) => page.context().close()));
  }
  if (together >= count) await comeBack();
} finally {
  await browser.close();
  await stop();
}

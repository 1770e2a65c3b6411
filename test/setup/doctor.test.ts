import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { CHECKOUT, PYTHON } from "../support/checkout.js";
import { loadSetup } from "../support/setupCheckout.js";

/** As `--json` prints it. */
interface Finding {
  readonly name: string;
  readonly state: "ok" | "problem" | "note";
  readonly text: string;
  readonly cure?: string;
}

// Needs: Jupyter

const NAMES = [
  ...["Node", "npm packages", "build", "Python", "Python packages", "JupyterLab", "kernelspec", "kernel"],
  ...["backend", "disk"],
];
const folder = mkdtempSync(join(tmpdir(), "xorlab-doctor-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function doctor(checkout: string, args: readonly string[] = [], env = process.env) {
  const command = [join(checkout, "dist", "src", "node", "cli", "main.js"), "doctor", ...args];
  const child = spawn(process.execPath, command, { cwd: tmpdir(), env });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((done) =>
    child.on("close", (code) => done({ code, stdout, stderr })),
  );
}

/** A checkout whose npm packages and build are ours, without what tests and the kernel keep, and nothing else. */
function bareCheckout(): string {
  const checkout = join(folder, "bare");
  const filter = (path: string) => !/[\\/]dist[\\/]test|\.snapshot$|\.v8$/.test(path);
  for (const part of ["dist", "setup", "jupyter", "package.json", "package-lock.json", "requirements.txt"])
    cpSync(join(CHECKOUT, part), join(checkout, part), { recursive: true, filter });
  mkdirSync(join(checkout, "notebooks"));
  symlinkSync(join(CHECKOUT, "node_modules"), join(checkout, "node_modules"));
  return checkout;
}

const bare = bareCheckout();

test("doctor finds that all is well after set-up, and starts the kernel", async () => {
  const { code, stdout, stderr } = await doctor(CHECKOUT, ["--json"]);
  const { ok, findings }: { ok: boolean; findings: Finding[] } = JSON.parse(stdout);
  assert.deepEqual([code, ok], [0, true], `${stdout}${stderr}`);
  assert.deepEqual(
    findings.map(({ name }) => name),
    NAMES,
  );
  const text = (name: string) => findings.find((finding) => finding.name === name)?.text ?? "";
  assert.equal(text("Node"), process.versions.node);
  assert.match(text("Python packages"), /jupyterlab \d.*plotly \d/);
  assert.match(text("kernel"), /^imports xorlab and answers after \d+\.\d s$/);
  assert.match(text("backend"), /^TensorFlow\.js \d/);
});

test("doctor names every missing part with the command that fixes it, and ends with 1", async () => {
  const { code, stdout } = await doctor(bare);
  assert.equal(code, 1);
  for (const name of ["Python", "Python packages", "JupyterLab", "kernelspec", "kernel"])
    assert.match(stdout, new RegExp(`^ {2}✗ ${name} +\\S.*\\n +Cure: npm run setup$`, "m"));
  for (const name of ["Node", "npm packages", "disk"])
    assert.match(stdout, new RegExp(`^ {2}✓ ${name} `, "m"));
  assert.match(stdout, /\n5 things need fixing, best in this order: Python, .*kernel\.\n$/);
});

test("doctor sees an environment of another checkout, and a kernelspec that points nowhere", async () => {
  const kernels = join(bare, ".venv/share/jupyter/kernels/xorlab");
  mkdirSync(kernels, { recursive: true });
  for (const part of ["share/jupyter/kernels/xorlab/kernel.json", "xorlab-setup.json"])
    copyFileSync(join(CHECKOUT, ".venv", part), join(bare, ".venv", part));
  mkdirSync(join(bare, ".venv/bin"));
  symlinkSync(PYTHON, join(bare, ".venv/bin/python")); // without its packages: a kernel would take its time to start
  const { code, stdout } = await doctor(bare);
  assert.equal(code, 1);
  assert.match(stdout, /✗ Python +the checkout was moved\n +Cure: npm run setup/);
  assert.match(stdout, /✗ kernelspec +it points to another checkout/);

  for (const part of ["bin", "xorlab-setup.json"]) rmSync(join(bare, ".venv", part), { recursive: true });
  for (const [content, text] of [
    [
      '{"argv": ["/bin/sh", "launch.sh", "kernel", "/no/node"]}',
      /kernelspec +it starts \/no\/node, which no longer exists/,
    ],
    ["{", /kernelspec +\S+kernel\.json cannot be read/],
  ] as const) {
    writeFileSync(join(kernels, "kernel.json"), content);
    assert.match((await doctor(bare)).stdout, text);
  }
  rmSync(join(bare, ".venv"), { recursive: true });
});

test("doctor takes a backend that was asked for and is not there for a problem", async () => {
  const { code, stdout } = await doctor(bare, ["--json"], {
    ...process.env,
    XORLAB_BACKEND: "native",
  });
  const backend = JSON.parse(stdout).findings.find(({ name }: Finding) => name === "backend");
  assert.deepEqual([code, backend.state], [1, "problem"]);
  assert.match(backend.text, /asks for @tensorflow\/tfjs-node/);
  assert.match(backend.cure, /^npx xorlab native /);
});

test("doctor refuses other arguments and answers --help", async () => {
  const wrong = await doctor(CHECKOUT, ["--jsno"]);
  assert.deepEqual([wrong.code, wrong.stdout], [1, ""]);
  assert.match(wrong.stderr, /^xorlab doctor: .*--jsno/);
  const help = await doctor(CHECKOUT, ["--help"]);
  assert.equal(help.code, 0);
  assert.match(help.stdout, /^npx xorlab doctor \[--json\]/);
});

test("backendFinding() tells a missing native backend as a note, a broken one as a problem", async () => {
  const { backendFinding } = await loadSetup("doctor/nodeChecks.mjs");
  const answer = (from: string, text: string) =>
    `${text}\nxorlab-backend${JSON.stringify({ package: `@tensorflow/${from}`, text, library: "2.21.0" })}\n`;
  const plain = backendFinding(0, answer("tfjs", "plain, since it is not installed"), false, "");
  assert.deepEqual([plain.state, plain.text], ["note", "plain, since it is not installed"]);
  assert.match(plain.cure ?? "", /^npx xorlab native /);
  assert.equal(backendFinding(0, answer("tfjs", "plain"), true, "plain").state, "ok");
  const native = backendFinding(0, answer("tfjs-node", "native"), true, "");
  assert.deepEqual([native.state, native.text], ["ok", "native, TensorFlow 2.21.0"]);
  const crashed = backendFinding(1, "Illegal instruction", true, "");
  assert.deepEqual([crashed.state, crashed.text], ["problem", "TensorFlow's library ended the process"]);
  assert.equal(crashed.cure, "npx xorlab native --remove && npx xorlab native");
  assert.equal(backendFinding(1, "RangeError: tf: no\n at x", true, "gpu").text, "RangeError: tf: no");
});

test("checkNode(), checkPackages() and checkSpace() name what is wrong", async () => {
  const { checkNode, checkPackages, checkSpace } = await loadSetup("doctor/nodeChecks.mjs");
  const { npmFacts } = await loadSetup("packages.mjs");
  const old = await checkNode("18.20.4");
  assert.deepEqual([old.state, old.cure.includes("nvm install")], ["problem", true]);
  assert.match(old.text, /18\.20\.4 is too old/);
  const other = await checkPackages(npmFacts(), () => ({ ...npmFacts(), abi: "1" }));
  assert.deepEqual([other.state, other.text], ["problem", "they were installed for another Node or machine"]);
  const full = await checkSpace(1e8);
  assert.deepEqual([full.state, full.text], ["problem", "0.1 GB free"]);
});

test("checkBuild() notes sources that are newer than the build", async () => {
  const { checkBuild } = await loadSetup("doctor/nodeChecks.mjs");
  const checkout = join(folder, "build");
  mkdirSync(join(checkout, "src", "model"), { recursive: true });
  mkdirSync(join(checkout, "dist"));
  const source = join(checkout, "src", "model", "a.ts");
  for (const file of [source, join(checkout, "dist", "node.tsbuildinfo")]) writeFileSync(file, "");
  utimesSync(source, 1, 1);
  assert.equal((await checkBuild(checkout)).state, "ok");
  utimesSync(source, 4e9, 4e9);
  const { state, text, cure } = await checkBuild(checkout);
  assert.deepEqual(
    [state, text, cure],
    ["note", `src/${join("model", "a.ts")} changed since the build`, "npm run build"],
  );
  assert.equal((await checkBuild(folder)).text, "as published");
});

test("readPins() reads requirements.txt", async () => {
  const { readPins } = await loadSetup("doctor/jupyterChecks.mjs");
  assert.deepEqual(readPins("# a==1\njupyterlab==4.6.6\n\nplotly==7.1.0 # why\nfree\n"), [
    ["jupyterlab", "4.6.6"],
    ["plotly", "7.1.0"],
  ]);
});

test("findings read as lines, with the cure below, and the last line sums up", async () => {
  const { findingText, reportJson, summaryText } = await loadSetup("doctor/finding.mjs");
  const good: Finding = { name: "Node", state: "ok", text: "20" };
  const bad: Finding = { name: "disk", state: "problem", text: "full", cure: "df -h" };
  assert.equal(findingText(good), "  ✓ Node              20\n");
  assert.equal(findingText(bad), "  ✗ disk              full\n                      Cure: df -h\n");
  assert.equal(summaryText([good]), "Everything xorlab needs is installed and works.\n");
  assert.equal(summaryText([good, bad]), "One thing needs fixing: disk.\n");
  assert.deepEqual(JSON.parse(reportJson([good, bad])), { ok: false, findings: [good, bad] });
});

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { addressOf, settingOf } from "../../src/lab/address.js";
import { venvPython } from "../../src/node/cli/checkout.js";
import { exportedPages, firstSentences, indexPage } from "../../src/node/cli/exportIndex.js";
import { runNotebooks } from "../../src/node/cli/exportRun.js";
import { findNotebook, notebooksIn, readNotebook } from "../../src/node/cli/notebooks.js";
import { CHECKOUT } from "../support/checkout.js";
import { runExport } from "../support/exporting.js";
import {
  FIXTURES,
  newFolder,
  notebookContent,
  type TestCell,
  writeNotebook,
} from "../support/notebookFiles.js";

/** What the cells of a page printed. */
function outputsOf(page: string): string {
  const texts = readFileSync(page, "utf8").matchAll(/<pre>([^<]*)<\/pre>\s*<\/div>\s*<\/div>/g);
  return [...texts].map((match) => match[1]).join("");
}

const COUNT = [
  { markdown: "# Counting\n\nIt counts. Then it stops." },
  { parameters: "let start = 3; // where it begins\nconst word = 'step';" },
  "console.log(word, start, start + 1);",
];

describe("exportNotebooks()", () => {
  it("runs a notebook in a fresh kernel and writes a page and an index", async () => {
    const folder = newFolder();
    const notebook = writeNotebook(folder, "count", COUNT);
    const before = readFileSync(notebook, "utf8");
    const out = join(folder, "a", "b");
    const { code, stdout, stderr } = await runExport([notebook, "--out", out]);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    assert.match(
      stdout,
      /^count: running\n(?: {2}.*\n)*.*count\.html {2}0 figures, \d+ kB, \d+\.\d s\n.*index\.html\n$/,
    );
    assert.match(outputsOf(join(out, "count.html")), /step 3 4/);
    assert.equal(readFileSync(notebook, "utf8"), before, "the notebook's file stays");
    assert.deepEqual(readdirSync(out).sort(), ["count.html", "index.html"]);
    assert.deepEqual(exportedPages(out), [
      { file: "count.html", title: "Counting", abstract: "It counts. Then it stops." },
    ]);
    assert.match(
      readFileSync(join(out, "index.html"), "utf8"),
      /href="count.html"[\s\S]*Counting[\s\S]*It counts\. Then it stops\.</,
    );
  });

  it("links to the laboratory where that is the index, with the notebook's setting", async () => {
    const folder = newFolder();
    const path = join(folder, "linked.ipynb");
    const content = notebookContent([{ markdown: "# One" }, { markdown: "Two" }, "1"]);
    const metadata = { ...content.metadata, xorlab: { laboratory: "hidden=3&data=<b>" } };
    writeFileSync(path, JSON.stringify({ ...content, metadata }));
    const pageWith = async (laboratory: boolean): Promise<string> => {
      const page = join(folder, `${laboratory}.html`);
      const { signal } = new AbortController();
      await runNotebooks(
        [readNotebook(path)],
        () => page,
        { laboratory, student: true }, // which runs nothing
        { timeout: 60, jobs: 1 },
        signal,
        () => {},
      );
      return readFileSync(page, "utf8");
    };
    const links = (await pageWith(true)).match(/<a href="index\.html.*<\/a>/g);
    assert.deepEqual(links, [
      '<a href="index.html">← All notebooks</a>',
      '<a href="index.html#hidden=3&amp;data=&lt;b&gt;">Try this network in the laboratory</a>',
    ]);
    assert.doesNotMatch(await pageWith(false), /index\.html|Try this network/, "a page alone leads nowhere");
  });

  it("finds an address of the laboratory in each notebook", () => {
    for (const path of notebooksIn(join(CHECKOUT, "notebooks"))) {
      const { metadata } = JSON.parse(readFileSync(path, "utf8"));
      const { setting, refused } = settingOf(metadata.xorlab.laboratory);
      assert.deepEqual([refused, addressOf(setting)], [[], metadata.xorlab.laboratory], path);
    }
  });

  it("takes new values with -p, and runs notebooks of another TypeScript kernel, as JupyterLab does", async () => {
    const folder = newFolder();
    const kernels = { one: "xorlab", two: "my-own-name" };
    const notebooks = Object.entries(kernels).map(([name, kernel]) =>
      writeNotebook(folder, name, COUNT, kernel),
    );
    const values = ["-p", "start=41", "-p", "word=it's </b>"];
    const { code, stderr } = await runExport([...notebooks, "-o", folder, ...values]);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    for (const name of ["one", "two"]) {
      const page = join(folder, `${name}.html`);
      assert.match(outputsOf(page), /it's &lt;\/b&gt; 41 42/);
      assert.match(readFileSync(page, "utf8"), /<a href="index\.html">← All notebooks<\/a>/);
      assert.match(
        readFileSync(page, "utf8"),
        /Counting[\s\S]*Run with other settings:[\s\S]* where it begins/,
      );
    }
  });

  it("stops at the cell that fails and says what was written before", async () => {
    const folder = newFolder();
    const good = writeNotebook(folder, "good", ["1 + 1"]);
    const bad = writeNotebook(folder, "bad", [
      "const fine = 1;",
      { markdown: "Not a code cell." },
      'console.log("before");\nfunction inner(): never { throw new RangeError("ninety-nine"); }\ninner();',
      'console.log("never");',
    ]);
    const unreached = writeNotebook(folder, "unreached", ["1"]);
    const { code, stderr } = await runExport([good, bad, unreached, "--out", folder, "--jobs", "1"]);
    assert.equal(code, 1);
    assert.match(stderr, /bad: cell 2 of 3 failed\n\n {4}console\.log\("before"\);\n {4}function inner/);
    assert.match(stderr, /RangeError: ninety-nine/);
    assert.doesNotMatch(stderr, /node:vm|tslab\/dist/, "the kernel's own lines are left out");
    assert.match(stderr, /1 of 3 pages had been written: .*good\.html\n$/);
    assert.deepEqual(
      readdirSync(folder).filter((file) => file.endsWith(".html")),
      ["good.html", "index.html"],
    );
  });

  it("runs notebooks side by side; what runs when another fails is finished", async () => {
    const folder = newFolder();
    const there = JSON.stringify(join(folder, "there"));
    const pid = JSON.stringify(join(folder, "pid"));
    const until = (met: string) => `while (!(${met})) await new Promise((done) => setTimeout(done, 20));`;
    const bad = writeNotebook(folder, "bad", [
      `import { existsSync } from "node:fs";\n${writePid(folder)}\n${until(`existsSync(${there})`)}`,
      'throw new RangeError("ninety-nine");',
    ]);
    // It ends a second after the other's kernel, however slow the machine is: by then that failure is known.
    const good = writeNotebook(folder, "good", [
      `import { existsSync, readFileSync, writeFileSync } from "node:fs";
writeFileSync(${there}, "");
${until(`existsSync(${pid})`)}`,
      `const runs = () => { try { return process.kill(Number(readFileSync(${pid}, "utf8")), 0); } catch { return false; } };
${until("!runs()")}
await new Promise((done) => setTimeout(done, 1000));`,
    ]);
    const unreached = writeNotebook(folder, "unreached", ["1"]);
    const { code, stdout, stderr } = await runExport([bad, good, unreached, "-o", folder, "-j", "2"]);
    assert.equal(code, 1);
    assert.match(stdout, /^bad: running\ngood: running\n/);
    assert.match(stderr, /bad: cell 2 of 2 failed[\s\S]*RangeError: ninety-nine/);
    assert.match(stderr, /1 of 3 pages had been written: .*good\.html\n$/);
  });

  it("reports a type error as the kernel words it, a kernel that died, and one that there is not", async () => {
    const folder = newFolder();
    const types = writeNotebook(folder, "types", ['const width: number = "two";']);
    const died = writeNotebook(folder, "died", ['process.kill(process.pid, "SIGKILL");']);
    const other = writeNotebook(folder, "other", ["1"], "julia-0.1", "julia"); // last: after a failure none begins
    const { code, stderr } = await runExport([types, died, other, "--out", folder, "--jobs", "3"]);
    assert.equal(code, 1);
    assert.match(stderr, /types: cell 1 of 1 failed[\s\S]*Type 'string' is not assignable to type 'number'/);
    assert.match(stderr, /died: the kernel died in cell 1 of 1/);
    assert.match(stderr, /other: the kernel "julia-0\.1" is not installed \(.*xorlab.*\)/);
  });

  it("ends a cell that hangs, and its kernel", async () => {
    const folder = newFolder();
    const notebook = writeNotebook(folder, "hang", [writePid(folder), BLOCKED]);
    const { code, stderr } = await runExport([notebook, "--out", folder, "--timeout", "4"]);
    assert.equal(code, 1);
    assert.match(stderr, /hang: cell 2 of 2 took longer than 4 s; allow more with --timeout SECONDS/);
    assertEnded(folder);
  });

  it("stops on Ctrl-C, with its kernel", async () => {
    const folder = newFolder();
    const good = writeNotebook(folder, "good", ["1 + 1"]);
    const hang = writeNotebook(folder, "hang", [writePid(folder), "for (;;) {}"]);
    const { code, stderr } = await runExport([good, hang, "--out", folder, "--jobs", "1"], (kill) => {
      const look = setInterval(() => {
        if (!existsSync(join(folder, "pid"))) return;
        clearInterval(look);
        setTimeout(() => kill("SIGINT"), 500); // by then it hangs
      }, 100);
    });
    assert.equal(code, 130);
    assert.match(stderr, /^Stopped\. 1 of 2 pages had been written: .*good\.html\n$/);
    assertEnded(folder);
  });
});

/** A cell that never gives way, but takes no processor time. */
const BLOCKED = "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)";

/** A cell that leaves the kernel's process number for assertEnded(). */
function writePid(folder: string): string {
  return `import { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(join(folder, "pid"))}, String(process.pid));`;
}

function assertEnded(folder: string): void {
  const pid = Number(readFileSync(join(folder, "pid"), "utf8"));
  assert.throws(() => process.kill(pid, 0), /ESRCH/, `the kernel ${pid} still runs`);
}

describe("exportNotebooks() before any kernel starts", () => {
  const refused = async (args: string[], message: RegExp) => {
    const { code, stdout, stderr } = await runExport(args);
    assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
    assert.match(stderr, message);
    assert.match(stderr, /^[^\n]+\n$/, "one line");
  };

  it("names the near miss of an unknown parameter", () =>
    refused(
      [join(FIXTURES, "export-figures.ipynb"), "-p", "point=1"],
      /^xorlab export: unknown parameter "point"; did you mean "points"\? \(colours, decay, filled, label, marker, points\)/,
    ));

  it("refuses values and options that make no sense", async () => {
    const fixture = join(FIXTURES, "export-figures.ipynb");
    await refused([fixture, "-p", "foo"], /-p must be name=value, as in -p seed=7, got "foo"/);
    await refused([fixture, "-p", "points=many"], /parameter points must be a number/);
    await refused([fixture, "--timout", "3"], /unknown option "--timout"; did you mean "--timeout"\?/);
    await refused([fixture, "--timeout", "-1"], /--timeout/);
    await refused([fixture, "--timeout", "soon"], /--timeout must be a whole number ≥ 0, got "soon"/);
    await refused([fixture, "--jobs", "0"], /--jobs must be a whole number ≥ 1, got 0/);
    await refused([fixture, "--out"], /'-o, --out <value>' argument missing/);
    await refused([fixture, "--out", ""], /--out must be a folder/);
    await refused(
      [fixture, "--out", join(fixture, "below")],
      /xorlab export: --out .*below cannot be created/,
    );
  });

  it("names the near miss of a missing notebook", async () => {
    const folder = newFolder();
    await refused([join(folder, "none.ipynb")], /^xorlab export: there is no notebook ".*none\.ipynb"\n$/);
    for (const argument of ["export-figure", join(FIXTURES, "export-figure.ipynb")])
      assert.throws(() => findNotebook(argument, FIXTURES), {
        name: "RangeError",
        message: `xorlab export: unknown notebook in ${FIXTURES}: "export-figure"; did you mean "export-figures"? (export-figures, export-hostile)`,
      });
    assert.equal(findNotebook("export-figures", FIXTURES), join(FIXTURES, "export-figures.ipynb"));
  });

  it("refuses what is not a notebook", async () => {
    const folder = newFolder();
    for (const [name, text] of [
      ["text", "hello"],
      ["list", "[]"],
      ["old", '{"nbformat": 3, "worksheets": []}'],
    ]) {
      const path = join(folder, `${name}.ipynb`);
      writeFileSync(path, text);
      await refused([path], /is not a Jupyter notebook/);
    }
  });

  it("refuses to write over pages that are not its own", async () => {
    const folder = newFolder();
    const notebook = writeNotebook(folder, "index", ["1"]);
    await refused([notebook, "--out", folder], /index\.html, which is taken/);
    mkdirSync(join(folder, "site"));
    writeFileSync(join(folder, "site", "index.html"), "<title>my site</title>");
    const other = writeNotebook(folder, "other", ["1"]);
    await refused([other, "--out", join(folder, "site")], /was not written by xorlab and would be lost/);
    const twin = writeNotebook(join(folder, "site"), "other", ["1"]);
    await refused([other, twin, "--out", join(folder, "new")], /other\.html, which is taken/);
    assert.equal(existsSync(join(folder, "new")), false);
  });

  it("prints its help", async () => {
    const { code, stdout } = await runExport(["--help"]);
    assert.equal(code, 0);
    assert.match(stdout, /npm run export.*NOTEBOOK[\s\S]*--timeout SECONDS/);
  });
});

// The stub: jsonschema would import what checks addresses, which takes longer than all else here.
const CONVERT = `
import json, sys
sys.modules["rfc3987_syntax"] = None
import nbformat
from nbconvert import HTMLExporter
from traitlets.config import PyFileConfigLoader
exporter = HTMLExporter(config=PyFileConfigLoader("exporter_config.py", path=sys.argv[1]).load_config())
notebook = nbformat.reads(sys.stdin.read(), as_version=4)
pages = []
for exporter.sanitize_html in (False, True):
    pages.append(exporter.from_notebook_node(notebook, resources={"metadata": {"name": "n", "path": ""}})[0])
print(json.dumps(pages))
`;

/** The body of a notebook's page as it is, and as JupyterLab's "Sanitize HTML output" makes it. */
function bodies(cells: readonly TestCell[]): string[] {
  const { stdout } = spawnSync(venvPython("test"), ["-c", CONVERT, join(CHECKOUT, "templates")], {
    input: JSON.stringify(notebookContent(cells)),
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  return (JSON.parse(stdout) as string[]).map((page) => /<main>([\s\S]*)<\/main>/.exec(page)![1]);
}

const UNSAFE =
  "UNSAFE <script>hacked()</script> <img src='data:image/gif;base64,' onerror='hacked()'> <iframe src='x'></iframe>";

describe("the page's template", () => {
  it("gives the same page when JupyterLab sanitizes it, with unsafe markup as text", () => {
    const [plain, sanitized] = bodies([
      { markdown: "# Title $x < y$\n\n- one\n- **two** `a < b` [next](02.ipynb#part)\n\n> said\n\n---" },
      {
        markdown:
          "| a | b |\n|--:|:--|\n| 1 | 2 |\n\n```ts\nconst a = 1 < 2;\n```\n\n![](data:image/gif;base64,R0lGODlhAQABAAAAACw=)",
      },
      "const a = '<b>';",
      { markdown: UNSAFE },
    ]).map((body) => body.split("<p>UNSAFE"));
    assert.match(plain[0], /<h1 id=[\s\S]*href="02\.html#part"[\s\S]*<thead>[\s\S]*<img/);
    assert.equal(sanitized[0].replaceAll(';"', '"'), plain[0].replaceAll(';"', '"'));
    assert.doesNotMatch(sanitized[1], /<script|<iframe|onerror/);
    assert.match(sanitized[1], /&lt;script&gt;hacked\(\)/);
  });
});

describe("indexPage()", () => {
  it("writes titles and abstracts as text", () => {
    const evil = `</a><script>window.hacked=1</script>"'&`;
    const page = indexPage([{ file: `"><b>.html`, title: evil, abstract: evil }]);
    assert.doesNotMatch(page, /<script|<b>/);
    assert.match(page, /&#60;\/a&#62;&#60;script&#62;window\.hacked=1&#60;\/script&#62;&#34;&#39;&#38;/);
  });

  it("breaks no line within 4-2", () => {
    assert.match(
      indexPage([{ file: "a.html", title: "Well-known 4-2", abstract: "" }]),
      /Well-known 4\u20112</,
    );
  });

  it("takes no text for a place of the template", () => {
    const texts = ["{{abstract}}", "<!-- end -->", "$& $1"];
    const page = indexPage(texts.map((text) => ({ file: "a.html", title: text, abstract: text })));
    assert.deepEqual(page.match(/(?<=<h2>).*(?=<\/h2>)/g), [
      "{{abstract}}",
      "&#60;!-- end --&#62;",
      "$&#38; $1",
    ]);
    assert.equal(page.match(/<li>/g)?.length, 3);
    assert.match(page, /<\/html>\n$/);
  });
});

describe("firstSentences()", () => {
  it("keeps one sentence, or as many as say something, whole words, and no more than a few lines", () => {
    const one = "One of these is 0.5 of the other, which nobody would have guessed.";
    assert.equal(firstSentences(`${one} Two.`), one);
    assert.equal(firstSentences(`Two units learned XOR. ${one} Two.`), `Two units learned XOR. ${one}`);
    assert.equal(firstSentences(`${one} "Why is that? Two."`), one);
    assert.equal(firstSentences("No full stop"), "No full stop");
    assert.equal(firstSentences("Why?\nBecause."), "Why? Because.");
    const long = firstSentences("word ".repeat(200));
    assert.ok(long.length < 290 && long.endsWith("word …"), long);
  });
});

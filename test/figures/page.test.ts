import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { figurePage, USUAL_TRACES } from "../../src/figures/page.js";
import { figures } from "../../src/index.js";
import { CHECKOUT } from "../support/checkout.js";
import { HOSTILE, hostileXor, trained } from "../support/figureCases.js";

test("toHTML() is hidden: a figure stays plain JSON", async () => {
  const figure = figures.loss(await trained());
  assert.deepEqual(Object.keys(figure), ["data", "layout", "config"]);
  assert.deepEqual(structuredClone(figure), { ...figure });
  assert.equal("toHTML" in JSON.parse(JSON.stringify(figure)), false);
});

test("toHTML() is one page: the title's words, the finding, the figure's JSON, and scripts by their hash or from blobs", async () => {
  const figure = figures.loss(await trained());
  const html = figure.toHTML();
  const headline = String((figure.layout.title as { text: string }).text).replaceAll("<br>", " ");
  assert.ok(html.includes(`<title>${headline}</title>`), headline);
  assert.ok(html.includes(`<figcaption id="finding">${figure.layout.meta.description}</figcaption>`));
  const json = /<script type="application\/json" class="xorlab-figure-data">(.*?)<\/script>/.exec(html);
  assert.deepEqual(JSON.parse(json?.[1] ?? "").data, JSON.parse(JSON.stringify(figure.data)));
  assert.match(html, /content="default-src 'none'; script-src 'sha256-[\w+/]{43}=' blob:; style-src/);
  assert.ok(html.length < 1_000_000, `${html.length} characters: only the smaller Plotly`);
  assert.doesNotMatch(html, /\{\{\w+\}\}/);
});

test("names and titles are text in a page, never markup or a mark of the template", async () => {
  const run = await trained({}, hostileXor("{{plotly}}"));
  for (const html of [
    figures.boundary(run).toHTML(),
    figures.loss(run).toHTML({ title: `${HOSTILE}\n{{script}}` }),
  ]) {
    const shown = html.replace(/<style>[\s\S]*<\/style>/, "");
    assert.equal(shown.match(/<script/g)?.length, 4);
    assert.equal(shown.match(/<\/script>/g)?.length, 4);
    assert.doesNotMatch(shown, /<b>|<img|<a |onerror=1>/);
  }
});

test("a figure of Plotly's own gets a page with all of Plotly where the smaller one cannot draw it", () => {
  const page = (type?: string) => figurePage("show", { data: [{ type }, {}], layout: {} }, "found");
  assert.ok(page("surface").length > page("scatter").length + 500_000);
  assert.equal(page("bar").length - page("pie").length, 0);
  assert.match(page(), /<title>Figure<\/title>[\s\S]*style="height: 450px"/);
});

test("a page chooses its Plotly as exported pages do", () => {
  const config = readFileSync(join(CHECKOUT, "templates/exporter_config.py"), "utf8");
  const [, list] = /^USUAL_TRACES = \(\s*"([^"]*)"/m.exec(config) ?? [];
  assert.deepEqual(list?.split(" "), USUAL_TRACES);
});

test("toHTML() refuses what it does not know by name", async () => {
  const figure = figures.loss(await trained());
  assert.throws(() => figure.toHTML({ title: 5 as never }), {
    name: "TypeError",
    message: "toHTML: title must be a text, got 5",
  });
  assert.throws(() => figure.toHTML({ titel: "x" } as never), {
    name: "RangeError",
    message: 'toHTML: unknown option "titel"; did you mean "title"? (title)',
  });
});

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { figures, show } from "../../src/index.js";
import { noChromium, openBrowser, openFile } from "../support/chromium.js";
import { HOSTILE, hostileXor, trained } from "../support/figureCases.js";
import { temporaryFolder } from "../support/temporary.js";

/** Figures as pages of their own, opened from their files: they draw, say what they show, and ask nobody for anything. */

let browser: Browser;
const folder = temporaryFolder();
const whole = { skip: noChromium(), timeout: 60_000 }; // milliseconds; a hang is told, not waited for

before(async () => {
  if (!whole.skip) browser = await openBrowser();
});
after(() => browser?.close());

/** Writes a page, opens it and looks. */
async function opened(html: string, colorScheme: "light" | "dark" = "light") {
  const path = join(folder, "figure.html");
  writeFileSync(path, html);
  return openFile(browser, path, { colorScheme });
}

for (const scheme of ["light", "dark"] as const)
  test(`a figure's page draws it and says what it shows, ${scheme}`, whole, async () => {
    const figure = figures.loss(await trained());
    const { page, requests, refused, errors } = await opened(figure.toHTML(), scheme);
    assert.deepEqual({ requests, refused, errors }, { requests: [], refused: [], errors: [] });
    const drawing = page.getByRole("img", { name: await page.title() });
    assert.equal(await drawing.locator(".scatterlayer .trace").count(), figure.data.length);
    assert.equal(await page.locator("figcaption").innerText(), figure.layout.meta.description);
    const lightness = await page.evaluate(() => {
      const luma = (colour: string) =>
        (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 765;
      const { backgroundColor, color } = getComputedStyle(document.body);
      return [luma(backgroundColor), luma(color)];
    });
    const heading = await page.getByRole("heading", { level: 1 }).boundingBox();
    assert.ok((heading?.height ?? 0) <= 20, "only screen readers are told the figure's own title");
    const [ground, ink] = scheme === "light" ? lightness : [...lightness].reverse();
    assert.ok(ground > 0.8 && ink < 0.2, String(lightness));
    await page.context().close();
  });

test("a title heads the page", whole, async () => {
  const { page } = await opened(figures.loss(await trained()).toHTML({ title: "Two units" }));
  const heading = page.getByRole("heading", { level: 1 });
  assert.equal(await heading.innerText(), "Two units");
  const { height = 0 } = (await heading.boundingBox()) ?? {};
  assert.ok(height > 20, `${height} pixels`);
  await page.context().close();
});

test(
  "hostile names and titles act neither in the page nor in its drawing, and the page can send nothing",
  whole,
  async () => {
    const figure = figures.boundary(await trained({}, hostileXor()));
    const { page, requests, refused, errors } = await opened(figure.toHTML({ title: HOSTILE }));
    assert.deepEqual({ requests, refused, errors }, { requests: [], refused: [], errors: [] });
    assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), HOSTILE);
    assert.equal(await page.title(), HOSTILE);
    assert.equal(await page.locator("main img, main b, main a[href^=javascript]").count(), 0);
    assert.ok((await page.locator(".xorlab-figure").textContent())?.includes("<b>x</b>"));
    const got = await page.evaluate(async () => {
      const script = document.createElement("script");
      script.textContent = "window.ran = true";
      document.body.append(script);
      const sent = await fetch("https://example.org/").then(
        () => "sent",
        () => "refused",
      );
      return { ran: "ran" in window, sent };
    });
    assert.deepEqual(got, { ran: false, sent: "refused" });
    await page.context().close();
  },
);

test(
  "show(figure, { path }) writes a page of any figure of Plotly's, also of those that need all of Plotly",
  whole,
  async () => {
    const path = join(folder, "surface.html");
    show(
      { data: [{ type: "scatterpolar", r: [1, 2], theta: [0, 90] }], layout: { title: "r &#60; <i>2</i>" } },
      { path },
    );
    const { page, errors } = await openFile(browser, path);
    assert.deepEqual(errors, []);
    assert.equal(await page.title(), "r < 2");
    assert.equal(await page.locator(".scatterpolar .trace, .polarlayer .trace").count(), 1);
    await page.context().close();
  },
);

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { noChromium, openBrowser, openFile } from "../support/chromium.js";
import { pagesOfCells } from "../support/livePage.js";

/** How readers find their way in an exported page: its contents, on wide and on narrow screens and on paper. */

const EVIL = "It's <img src=x onerror='window.hacked=1'> `</a><b>` & \"quoted\"";
const PROSE = "In `4-2 % 3 %`, $5-2$ and [1-2](https://example.org/1-2) 4-2 has 12 %.";
const CELLS = [
  { markdown: `# A page\n\n## First part\n\n${PROSE}` },
  "'x'.repeat(300)",
  { markdown: `### ${EVIL}\n\n${"A line.\n\n".repeat(60)}` },
  { markdown: `Text before.\n\n## Last part\n\n| ${"a long name | ".repeat(30)}\n|${"--|".repeat(30)}` },
];

let browser: Browser;
let wide: Page;
let narrow: Page;
let settings: string;
const whole = { skip: noChromium(), timeout: 120_000 };

before(async () => {
  if (whole.skip) return;
  browser = await openBrowser();
  const pages = pagesOfCells({ contents: CELLS, settings: [{ parameters: "const n = 3; // 1 to 8" }] });
  settings = pages.settings;
  wide = (await openFile(browser, pages.contents, { viewport: { width: 1280, height: 800 } })).page;
  narrow = (await openFile(browser, pages.contents, { viewport: { width: 375, height: 700 } })).page;
});
after(() => browser?.close());

const contents = (page: Page) => page.getByRole("navigation", { name: "Contents" });
const button = (page: Page) => page.getByRole("button", { name: "Contents" });

test("contents stand at the side of a wide page, as text and links", whole, async () => {
  const page = wide;
  assert.equal(await button(page).isVisible(), false);
  const links = contents(page).getByRole("link");
  const texts = await links.allInnerTexts();
  assert.deepEqual([texts[0], texts[2]], ["First part", "Last part"]);
  assert.match(texts[1], /^It's .*<\/a><b> & "quoted"$/);
  assert.equal(await contents(page).locator("b, img").count(), 0);
  await links.last().click();
  await page.waitForFunction(() => scrollY > 500);
  const { y = 0 } = (await page.getByRole("heading", { name: "Last part" }).boundingBox()) ?? {};
  assert.ok(y > 40 && y < 800, `the heading is seen below the bar: ${y}`);
  const [side, text] = [await contents(page).boundingBox(), await page.locator("main").boundingBox()];
  assert.ok(side && text && side.x + side.width <= text.x, "nothing is covered");
  assert.equal(await page.evaluate(() => (window as { hacked?: number }).hacked), undefined);
});

test(
  "on a narrow page a button calls them, by keyboard too, and a choice puts them away",
  whole,
  async () => {
    const page = narrow;
    assert.equal(await contents(page).isVisible(), false);
    await button(page).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "First part");
    await page.keyboard.press("Escape");
    assert.equal(await contents(page).isVisible(), false);
    await button(page).click();
    await contents(page).getByRole("link", { name: "Last part" }).click();
    await page.waitForFunction(() => scrollY > 500);
    assert.equal(await contents(page).isVisible(), false);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 375);
  },
);

test("the bar moves nothing when its buttons come, and paper has neither", whole, async () => {
  const page = narrow;
  const [bar, least] = await page.locator(".xorlab-bar").evaluate((element: HTMLElement) => {
    return [element.offsetHeight, Number.parseFloat(getComputedStyle(element).minHeight)];
  });
  assert.equal(bar, Math.round(least));
  await page.emulateMedia({ media: "print" });
  for (const part of [page.locator(".xorlab-bar"), page.locator("#xorlab-contents")])
    assert.equal(await part.isVisible(), false);
  await page.emulateMedia({ media: null });
});

test(
  "a narrow page without headings has no contents, no button for them, and room for numbers",
  whole,
  async () => {
    const { page } = await openFile(browser, settings, { viewport: { width: 375, height: 700 } });
    assert.deepEqual([await contents(page).count(), await button(page).count()], [0, 0]);
    const { width = 0 } = (await page.getByLabel("n", { exact: true }).boundingBox()) ?? {};
    assert.ok(width > 150, `a field is ${width} pixels wide`);
    await page.context().close();
  },
);

test(
  "no line ends before a per cent sign or within 4-2; code, equations and links stay as they are",
  whole,
  async () => {
    const prose = wide.locator(".jp-RenderedMarkdown p").first();
    assert.equal(await prose.locator("code").textContent(), "4-2 % 3 %");
    assert.equal(await prose.locator("a").getAttribute("href"), "https://example.org/1-2");
    assert.match((await prose.textContent()) ?? "", /4-2 has 12\u00a0%\.$/);
    const kept = prose.locator(".xorlab-together");
    assert.deepEqual(await kept.allTextContents(), ["1-2", "4-2"]);
    assert.equal(await kept.last().evaluate((span) => getComputedStyle(span).textWrapMode), "nowrap");
  },
);

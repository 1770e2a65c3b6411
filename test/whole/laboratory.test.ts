import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Locator, Page } from "playwright-core";
import { type StudyOptions, study } from "../../src/index.js";
import { settingOf } from "../../src/lab/address.js";
import { DEFAULTS } from "../../src/lab/setting.js";
import { TASKS } from "../../src/lab/tasks.js";
import { accuracyText, lossText, weightText } from "../../src/words/numbers.js";
import { noChromium, OFTEN, type OpenedPage, openBrowser } from "../support/chromium.js";
import {
  countOf,
  momentOf,
  openLaboratory,
  TABLE_TEXT,
  tableSetting,
  verdictOf,
  writeLaboratory,
} from "../support/laboratory.js";

/** The laboratory in Chromium, from its file, without a network, driven by accessible names. */

let browser: Browser;
let path = "";

before(async () => {
  if (noChromium()) return;
  browser = await openBrowser();
  path = writeLaboratory();
});

after(() => browser?.close());

const whole = { skip: noChromium(), timeout: 180_000 }; // milliseconds; a hang is told, not waited for

/** A test of the laboratory opened at an address: it asks nobody for anything, and reports no error. */
function inNewPage(
  name: string,
  address: string,
  work: (page: Page) => Promise<void>,
  settings: Parameters<typeof openLaboratory>[3] = { reducedMotion: "reduce" },
  counts = false,
): void {
  test(name, whole, async () => {
    const opened = await openLaboratory(browser, path, address, settings, counts);
    const { page, requests, refused, errors } = opened;
    await work(page);
    assert.deepEqual([requests, refused, errors], [[], [], []]);
    await page.context().close();
  });
}

let shared: OpenedPage | undefined;

/** The same in one page for many tests, each of which gives it another address; after a failure the next has a new page. */
function inPage(name: string, address: string, work: (page: Page) => Promise<void>): void {
  test(name, whole, async () => {
    const opened = shared ?? (await openLaboratory(browser, path, "", { reducedMotion: "reduce" }, false));
    shared = undefined;
    const { page, requests, refused, errors } = opened;
    await goTo(page, address);
    await work(page);
    assert.deepEqual([requests, refused, errors], [[], [], []]);
    shared = opened;
  });
}

/** Gives a page another address, as a reader does in the address bar, and waits for the verdict. */
async function goTo(page: Page, address: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate((hash) => {
    (document.activeElement as HTMLElement | null)?.blur();
    scrollTo(0, 0);
    history.replaceState(null, "", `#${hash}`);
    dispatchEvent(new Event("hashchange"));
  }, address);
  await verdictOf(page);
}

const button = (page: Page, name: string): Locator => page.getByRole("button", { name, exact: true });

inPage(
  "the preset of the stall ends at 0.3397 and says why, and nobody was asked for anything",
  "hidden=5",
  async (page) => {
    assert.match(await verdictOf(page), /^Solved/);
    await button(page, "Two ReLUs stall at 0.3397").click();
    assert.match(
      await verdictOf(page),
      /^Not solved The network of 2 ReLU units does not solve xor: its loss is flat at 0\.3397\. On \(0, 0\)/,
    );
    assert.match(await momentOf(page), /^epoch 100 of 100 · loss 0\.3397 · /);
    assert.equal(new URL(page.url()).hash, "", "the default setting needs no words");
    await page.getByText("Full explanation").click();
    await page.getByText("one more ReLU unit", { exact: false }).waitFor({ timeout: 120_000 });
  },
);

for (const address of ["", "data=gaussians&rows=60&noise=0.4&test=0.5&hidden=4"])
  inPage(
    `every epoch has the losses of the same run in Node: ${address || "the default setting"}`,
    address,
    async (page) => {
      const { history } = await TASKS.run(settingOf(address).setting);
      const slider = page.getByRole("slider", { name: "Epoch" });
      for (const epoch of [1, 2, 17, 64, 99]) {
        await slider.fill(String(epoch));
        const [loss, accuracy] = [
          lossText(history.loss[epoch - 1]),
          accuracyText(history.accuracy[epoch - 1]),
        ];
        const held =
          history.valLoss && history.valAccuracy
            ? ` · held out: loss ${lossText(history.valLoss[epoch - 1])}, accuracy ${accuracyText(history.valAccuracy[epoch - 1])}`
            : "";
        assert.equal(
          await momentOf(page),
          `epoch ${epoch} of 100 · loss ${loss} · accuracy ${accuracy}${held}`,
        );
        assert.equal(held !== "", address !== "");
      }
      await countOf(page, 1);
      const often = await page.getByRole("region", { name: "How often does it succeed?" }).innerText();
      assert.equal(
        /Held out, median of all runs: accuracy [\d.]+, loss [\d.]+\./.test(often),
        address !== "",
      );
    },
  );

inPage("the form changes the run, and its address opened anew shows the same", "", async (page) => {
  await page.getByLabel("Data", { exact: true }).selectOption("Two moons");
  const fill = async (label: string, text: string) => {
    await page.getByLabel(label, { exact: true }).fill(text);
    await page.keyboard.press("Tab");
  };
  await fill("Rows", "90");
  await fill("Noise", "0.1");
  await page.getByLabel("Held out for testing").selectOption("25 %");
  await page.getByLabel("x₁x₂", { exact: true }).check();
  await fill("Units in hidden layer 1", "3");
  await button(page, "Add layer").click();
  await page.getByLabel("Activation").selectOption("tanh");
  await page.getByLabel("Optimizer").selectOption("Adam");
  await fill("Learning rate", "0.02");
  await fill("Epochs", "40");
  await fill("Seed", "12");
  const said = [await verdictOf(page), await momentOf(page)];
  assert.match(said[1], /^epoch 40 of 40 · loss .* · held out: loss /);
  const { hash } = new URL(page.url());
  const setting = "data=moons&rows=90&noise=0.1&test=0.25&inputs=x1-x2-x1x2&hidden=3-2&activation=tanh";
  assert.equal(hash, `#${setting}&optimizer=adam&learningRate=0.02&epochs=40&seed=12`);
  const again = await openLaboratory(browser, path, hash.slice(1), { reducedMotion: "reduce" }, false);
  assert.deepEqual([await verdictOf(again.page), await momentOf(again.page)], said);
  assert.equal(await again.page.getByLabel("Units in hidden layer 2").inputValue(), "2");
  assert.deepEqual(again.errors, []);
  await again.page.context().close();
});

const COUNTED: Readonly<Record<string, StudyOptions>> = {
  "": { activation: "relu" },
  "hidden=3-2&activation=tanh&data=circles&rows=50&epochs=20&optimizer=adam&learningRate=0.03&solved=0.9": {
    ...{ hidden: [[3, 2]], activation: "tanh", data: "circles", rows: 50, epochs: 20 },
    ...{ optimizer: "adam", learningRate: 0.03, solvedAccuracy: 0.9 },
  },
};

for (const [address, options] of Object.entries(COUNTED))
  inPage(
    `the count is that of study() in Node: ${address || "the default setting"}`,
    address,
    async (page) => {
      const { trials, solved } = await countOf(page, 50);
      const many = await study({ ...options, trials, progress: false });
      assert.equal(solved, many.rows[0].solved);
    },
  );

inPage("the count goes on while the seed changes, and begins anew with another setting", "", async (page) => {
  const first = await countOf(page, 100);
  await button(page, "Another seed").click();
  await verdictOf(page);
  assert.ok((await countOf(page, 1)).trials >= first.trials);
  const shown = await page.locator("#rate").evaluateHandle((rate) => {
    const seen = { texts: [] as (string | null)[], heights: new Set<number | undefined>() };
    new MutationObserver(() => {
      seen.texts.push(rate.textContent);
      seen.heights.add(rate.parentElement?.offsetHeight);
    }).observe(rate, { childList: true, characterData: true, subtree: true });
    return seen;
  });
  await page.getByLabel("Epochs").fill("99");
  await page.getByLabel("Epochs").press("Enter");
  await page.waitForFunction(({ texts }) => texts.includes("…"), shown);
  await countOf(page, 100);
  assert.equal(await shown.evaluate(({ heights }) => heights.size), 1, "nothing below it moves");
});

inPage("another seed, and seeds that succeed and fail", "", async (page) => {
  const seed = page.getByLabel("Seed", { exact: true });
  await button(page, "Another seed").click();
  assert.equal(await seed.inputValue(), "588517");
  for (const [name, ending] of [
    ["Find a seed that works", /^Solved/],
    ["Find a failing seed", /^Not solved/],
  ] as const) {
    const before = await seed.inputValue();
    await button(page, name).click();
    await page.waitForFunction((old) => !location.hash.endsWith(`seed=${old}`), before);
    assert.match(await verdictOf(page), ending);
    assert.ok(Number(await seed.inputValue()) > Number(before));
  }
});

inPage("the same weights again: kept in the address while one thing is changed", "", async (page) => {
  const keep = button(page, "Keep these weights");
  await keep.click();
  assert.equal(await keep.getAttribute("aria-pressed"), "true");
  await page.getByLabel("Units in hidden layer 1").fill("3");
  await page.getByLabel("Units in hidden layer 1").press("Enter");
  const verdict = await verdictOf(page);
  const start = { seed: 588516, initializer: "glorotUniform", widths: [2, 2, 1] } as const;
  const here = await TASKS.run({ ...DEFAULTS, hidden: [3], start });
  assert.ok(verdict.endsWith(here.verdict), verdict);
  assert.equal(new URL(page.url()).hash, "#hidden=3&start=588516:glorotUniform:2-2-1");
  await keep.click();
  await verdictOf(page);
  assert.equal(new URL(page.url()).hash, "#hidden=3");
});

inPage("own points, by click and as text; a wrong line is told", "batchSize=1", async (page) => {
  await page.getByLabel("Data", { exact: true }).selectOption("Own points");
  const points = page.getByLabel("Points", { exact: true });
  assert.equal(await points.inputValue(), "0, 0, 0\n0, 1, 1\n1, 0, 1\n1, 1, 0");
  await verdictOf(page);
  const answers = page.getByRole("img", { name: /^Map of the answers/ });
  const { width = 0 } = (await answers.boundingBox()) ?? {};
  await answers.click({ position: { x: width / 2, y: width / 2 } });
  await verdictOf(page);
  assert.match(await points.inputValue(), /\n0\.5, 0\.5, 1$/);
  await points.fill("0, 0, 6");
  await points.blur();
  const wrong = await points.evaluate((field: HTMLTextAreaElement) => field.validationMessage);
  assert.match(wrong, /^Each line must hold three numbers/);
  await points.fill("0 0 0\n2 2 1");
  await points.blur();
  assert.match(await verdictOf(page), /own points/);
  assert.match(page.url(), /points=0,0,0;2,2,1/);
});

inPage(
  "own points by keyboard: a cursor in the map sets, recolours and removes them",
  "data=own&batchSize=1",
  async (page) => {
    const points = page.getByLabel("Points", { exact: true });
    const cursor = page.getByRole("button", { name: /^Cursor at / });
    await cursor.focus();
    const said = () => page.locator("#at-cursor").innerText();
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
      await verdictOf(page);
    };
    await press();
    assert.equal(await said(), "Cursor at (0.5, 0.5): no point");
    await press("ArrowRight", "ArrowRight", "ArrowUp", "Enter");
    assert.equal(await said(), "Cursor at (0.6, 0.55): a point of class 1");
    assert.equal(await cursor.evaluate((element) => element === document.activeElement), true);
    assert.match(await points.inputValue(), /1, 1, 0\n0\.6, 0\.55, 1$/);
    await page.getByLabel("class 3", { exact: true }).check();
    await cursor.focus();
    await press("Space");
    assert.match(await points.inputValue(), /1, 1, 0\n0\.6, 0\.55, 3$/);
    assert.equal(await said(), "Cursor at (0.6, 0.55): a point of class 3");
    await press("Delete");
    assert.equal(await points.inputValue(), "0, 0, 0\n0, 1, 1\n1, 0, 1\n1, 1, 0");
    assert.equal(await said(), "Cursor at (0.6, 0.55): no point");
    await press(...Array<string>(60).fill("ArrowLeft"));
    const [ring, map] = [await cursor.boundingBox(), await page.locator("#answers").boundingBox()];
    assert.ok(ring && map && Math.abs(ring.x + ring.width / 2 - map.x) < 2, "it stays in the map");
    await page.getByLabel("Data", { exact: true }).selectOption("Two moons");
    await cursor.waitFor({ state: "hidden" });
  },
);

inPage("the keyboard goes from run to run in the count, and Enter watches one", "", async (page) => {
  const squares = page.getByRole("slider", { name: /^Each square is a run/ });
  const { trials } = await countOf(page, 30);
  await squares.focus();
  for (const key of ["ArrowRight", "ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft"])
    await page.keyboard.press(key);
  const text = (await squares.getAttribute("aria-valuetext")) ?? "";
  assert.match(text, /^run 2: (solved|unsolved)$/);
  assert.ok(Number(await squares.getAttribute("aria-valuemax")) >= trials);
  const before = await page.locator("#squares").screenshot();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash.includes("seed="));
  const seed = TASKS.seed({ setting: DEFAULTS, trial: 1 });
  assert.equal(new URL(page.url()).hash, `#seed=${seed}`);
  assert.match(await verdictOf(page), text.endsWith("unsolved") ? /^Not solved/ : /^Solved/);
  await squares.evaluate((element: HTMLElement) => element.blur());
  assert.notDeepEqual(await page.locator("#squares").screenshot(), before, "the focus is seen");
});

inPage(
  "three classes drawn by hand: a brush for each, and the answers of the same run in Node",
  "data=own&batchSize=1&hidden=4&activation=tanh&optimizer=adam&learningRate=0.03",
  async (page) => {
    await page.getByLabel("class 2", { exact: true }).check();
    const answers = page.getByRole("img", { name: /^Map of the answers/ });
    const { width = 0 } = (await answers.boundingBox()) ?? {};
    await answers.click({ position: { x: width / 2, y: width / 2 } });
    const verdict = await verdictOf(page);
    const { setting } = settingOf(new URL(page.url()).hash);
    assert.deepEqual(setting.points.at(-1)?.[2], 2);
    assert.ok(verdict.endsWith((await TASKS.run(setting)).verdict), verdict);
    const units = page.getByRole("group", { name: /^Units of the network/ }).getByRole("button");
    assert.equal(await units.count(), 2 + 4 + 3);
    assert.match(
      (await units.last().getAttribute("aria-label")) ?? "",
      /^class 2: bias .*; weights hidden unit 1 /,
    );
  },
);

inNewPage(
  "a table of one's own: chosen, its columns, dropped, reloaded, and never in the address",
  "data=table",
  async (page) => {
    const status = page.getByRole("region", { name: "Verdict" }).getByRole("status").first();
    assert.match(
      await status.innerText(),
      /^No table yet Choose a CSV file under Data, or drop it on this page\.$/,
    );
    const file = (text: string) => ({ name: "plants.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    await page.getByLabel("Table", { exact: true }).setInputFiles(file(TABLE_TEXT));
    await page.getByText("plants: 5 columns").waitFor();
    const here = await TASKS.run(tableSetting());
    assert.equal(await verdictOf(page), `Not solved ${here.verdict}`);
    assert.equal(new URL(page.url()).hash, "#data=table&target=5&columns=1-2");
    await page.getByLabel("height", { exact: true }).check();
    await page.getByText("the plane in which the points are spread most").waitFor();
    await page.getByLabel("To be predicted").selectOption("tall (2 classes)");
    const said = await verdictOf(page);
    assert.match(said, /plants/);
    await page.reload();
    assert.equal(await verdictOf(page), said, "the table stays with the page");
    const dropped = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], "holed.csv"));
      return transfer;
    }, "a,b,kind\n1,,u\n3,4,v\n5,6,u\n7,8,v\n");
    await page.dispatchEvent("body", "drop", { dataTransfer: dropped });
    await page.getByText(/^holed: 3 columns/).waitFor();
    assert.match(await verdictOf(page), /At least two columns with numbers are needed/);
    await page.getByLabel("Table", { exact: true }).setInputFiles(file("a,b\n1,2\n3\n"));
    await page.getByText("Line 3 must have 2 cells as the first line has, got 1").waitFor();
  },
);

inPage("units and lines tell their numbers to the mouse and to the keyboard", "", async (page) => {
  const { network, weights } = await TASKS.run(DEFAULTS);
  const last = weights.subarray(-9); // 2 × 2 weights, 2 biases, 2 weights, 1 bias
  assert.equal(network.layers.length, 2);
  const [w00, w01, w10, w11, b0, b1] = Array.from(last, weightText);
  const units = page.getByRole("group", { name: /^Units of the network/ }).getByRole("button");
  await units.first().focus();
  await page.keyboard.press("ArrowRight");
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  const first = `hidden unit 1: bias ${b0}; weights x₁ ${w00}, x₂ ${w10}`;
  assert.equal(await focused(), first);
  const told = page.locator("#unit-text");
  assert.equal(await told.innerText(), first);
  await page.keyboard.press("ArrowDown");
  assert.equal(await told.innerText(), `hidden unit 2: bias ${b1}; weights x₁ ${w01}, x₂ ${w11}`);
  await page.keyboard.press("Tab");
  assert.equal(
    await told.innerText(),
    "Point at a unit or a line to see its numbers; click it to change them.",
  );
  const [from, to] = [await units.nth(0).boundingBox(), await units.nth(2).boundingBox()];
  assert.ok(from && to);
  const middle = from.y + from.height / 2;
  await page.mouse.move((from.x + from.width + to.x) / 2, middle, { steps: 3 });
  assert.equal(await told.innerText(), `x₁ → hidden unit 1: weight ${w00}`);
});

/** Solves XOR with two ReLUs: h₁ = relu(x₁ + x₂), h₂ = relu(x₁ + x₂ − 1), answer h₁ − 2 h₂ − ½, times four. */
const SOLVED_BY_HAND = { "hidden unit 1": [0, 1, 1], "hidden unit 2": [-1, 1, 1], output: [-2, 4, -8] };

inPage(
  "weights are changed by keyboard alone: the answers follow, and a run can begin with them",
  "",
  async (page) => {
    const units = page.getByRole("group", { name: /^Units of the network/ }).getByRole("button");
    const fields = page.getByRole("group", { name: /^Weights to change/ }).getByRole("spinbutton");
    const answers = page.getByRole("img", { name: /^Map of the answers/ });
    await units.nth(2).focus();
    for (const values of Object.values(SOLVED_BY_HAND)) {
      await page.keyboard.press("Enter");
      assert.equal(await fields.count(), values.length);
      for (const value of values) {
        await page.keyboard.type(String(value));
        await page.keyboard.press("Tab");
      }
      await fields.first().focus();
      await page.keyboard.press("Escape");
      await page.keyboard.press(values[0] === -1 ? "ArrowRight" : "ArrowDown");
    }
    assert.match((await answers.getAttribute("aria-label")) ?? "", /: 4 of 4 places right, 100\u00a0?.?%$/);
    assert.match(await momentOf(page), /^epoch 100 · weights changed by hand · 4 of 4 places right/);
    await button(page, "Previous epoch").click();
    assert.match(
      await momentOf(page),
      /^epoch 99 of 100 · loss 0\.3397/,
      "another moment has its own weights",
    );
    await button(page, "Next epoch").click();
    assert.match(await momentOf(page), /^epoch 100 of 100 · loss 0\.3397/);
    await page
      .getByRole("group", { name: /^Weights to change/ })
      .getByLabel("bias of output")
      .fill("0.5");
    await button(page, "Train from these weights").click();
    await page.waitForFunction(() => location.hash.startsWith("#start="));
    const { setting, refused } = settingOf(new URL(page.url()).hash);
    assert.deepEqual([refused, setting.start?.widths, setting.start?.weights?.length], [[], [2, 2, 1], 9]);
    assert.equal(setting.start?.weights?.[8], 0.5);
    assert.ok((await verdictOf(page)).endsWith((await TASKS.run(setting)).verdict));
    await page.getByRole("slider", { name: "Epoch" }).press("Home");
    assert.match((await units.last().getAttribute("aria-label")) ?? "", /^output: bias 0\.5/);
    await button(page, "Keep these weights").click();
    await page.waitForFunction(() => location.hash === "");
  },
);

inPage("a line's weight is changed by click", "", async (page) => {
  const units = page.getByRole("group", { name: /^Units of the network/ }).getByRole("button");
  const [from, to] = [await units.nth(0).boundingBox(), await units.nth(2).boundingBox()];
  assert.ok(from && to);
  await page.mouse.click((from.x + from.width + to.x) / 2, from.y + from.height / 2);
  const field = page.getByLabel("x₁ → hidden unit 1", { exact: true });
  await field.fill("-1.25");
  assert.match((await units.nth(2).getAttribute("aria-label")) ?? "", /weights x₁ −1\.25, /);
});

inPage("the film plays, pauses and steps by keyboard alone", "", async (page) => {
  await button(page, "Another seed").focus();
  const focused = () =>
    page.evaluate(
      () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent,
    );
  const passed: (string | null | undefined)[] = [];
  for (let i = 0; i < 10; i++) {
    passed.push(await focused());
    await page.keyboard.press("Tab");
  }
  const order = [
    "Another seed",
    "Keep these weights",
    "Find a failing seed",
    "Find a seed that works",
    "Full explanation",
  ];
  assert.match(passed.splice(5, 1)[0] ?? "", /^Each square is a run/);
  assert.deepEqual(passed, [...order, "Previous epoch", "Play", "Next epoch", "Epoch"]);
  const slider = page.getByRole("slider", { name: "Epoch" });
  await slider.press("Home");
  assert.match(await momentOf(page), /^epoch 0 of 100 · initial weights/);
  await slider.press("ArrowRight");
  assert.match(await momentOf(page), /^epoch 1 of 100/);
  await button(page, "Next epoch").press("Enter");
  assert.match(await momentOf(page), /^epoch 2 of 100/);
  assert.match(page.url(), /#epoch=2$/);
  await button(page, "Play").press("Space");
  await button(page, "Pause").press("Space");
  await button(page, "Play").waitFor();
});

inPage("the setting can be taken along as code and as a link", "hidden=4-2", async (page) => {
  const code = page.getByLabel("The setting as code");
  await button(page, "Copy as TypeScript").click();
  assert.match(await code.inputValue(), /hidden: \[4, 2\]/);
  await button(page, "Copy as Keras").click();
  assert.match(await code.inputValue(), /keras\.layers\.Dense\(4, activation="relu"/);
  await button(page, "Copy link").click();
});

const HOSTILE = encodeURIComponent("<img src=x onerror=alert(1)>");

inNewPage(
  "what an address holds is text, and what it does not know is named",
  `activation=${HOSTILE}&${HOSTILE}=1&hidden=3`,
  async (page) => {
    assert.match(
      await page.locator("main").innerText(),
      /does not know: activation, <img src=x onerror=alert\(1\)>\./,
    );
    assert.equal(await page.locator("img[src]").count(), 0);
  },
);

inNewPage("nothing is cut on a narrow or a wide screen", "hidden=12-12-12-12-12-12", async (page) => {
  for (const width of [375, 768, 1100, 1600]) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
  }
});

inNewPage(
  "the film plays to its end by itself while the count goes on, and what is read aloud does not change",
  "epochs=30",
  async (page) => {
    await button(page, "Pause").waitFor();
    await page.evaluate(() => {
      const observer = new MutationObserver((changes) => {
        document.body.dataset.changes = String(Number(document.body.dataset.changes ?? 0) + changes.length);
      });
      for (const live of document.querySelectorAll("[role=status], [aria-live]"))
        observer.observe(live, { subtree: true, childList: true, characterData: true });
    });
    const { trials } = await countOf(page, 1);
    await page.waitForFunction(
      () => document.getElementById("moment")?.textContent?.startsWith("epoch 30 of 30"),
      undefined,
      { polling: OFTEN },
    );
    await button(page, "Play").waitFor();
    assert.ok((await countOf(page, 1)).trials > trials);
    assert.equal(await page.evaluate(() => document.body.dataset.changes), undefined);
    await button(page, "Another seed").click();
    await verdictOf(page);
    assert.ok(Number(await page.evaluate(() => document.body.dataset.changes)) > 0, "a new verdict is read");
  },
  {},
  true,
);

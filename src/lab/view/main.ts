import { roundStep } from "../../numbers/vectors.js";
import { button, make } from "../../reader/elements.js";
import { unpacked } from "../../reader/packed.js";
import { unbroken } from "../../words/english.js";
import { rounded } from "../../words/numbers.js";
import { addressOf, settingOf } from "../address.js";
import { networkOptions } from "../options.js";
import { PRESETS } from "../presets.js";
import { completed, MOST_CLASSES, type Setting, type Start, type Table } from "../setting.js";
import { readTheme } from "./canvas.js";
import { textFile } from "./dataControls.js";
import { byId } from "./elements.js";
import { makeFilm } from "./film.js";
import { makeForm } from "./form.js";
import { makePanels } from "./panels.js";
import { pointAt, type Stroke, withStroke } from "./pen.js";
import { makeShare } from "./share.js";
import { makeTake } from "./take.js";
import { askerOf, counterOf } from "./workers.js";

/** The laboratory: one setting goes into the address, the form and the workers; their answers into the pictures. */

let theme = readTheme();
let { setting, openedAt, refused } = opened();

/** The setting of the address; a table is not in it, but stays with the page while it is reloaded. */
function opened() {
  const { setting, epoch, refused } = settingOf(location.hash);
  const { table } = (history.state ?? {}) as { readonly table?: Table };
  return { setting: completed({ ...setting, table }), openedAt: epoch, refused };
}

const panels = makePanels(
  () => film.redraw(),
  () => film.hold(),
  {
    stroke,
    told: (x, y, near) => {
      const point = pointAt(setting.points, x, y, near);
      return point ? `a point of class ${point[2]}` : "no point";
    },
  },
);
const film = makeFilm(
  (epoch, rests) => panels.show(epoch, theme, rests),
  (epoch) => showInAddress(epoch === setting.epochs ? undefined : epoch),
);
const share = makeShare(
  () => theme,
  async (trial) => change({ seed: await runner.ask("seed", { setting, trial }) }),
);
const take = makeTake(() => setting);
const showInForm = makeForm(
  byId("fields"),
  (part) => change(part),
  (file) => void readFile(file).catch(failed),
);
const script = unpacked("worker").then((text) =>
  URL.createObjectURL(new Blob([text ?? ""], { type: "text/javascript" })),
);
const runner = askerOf(script);
const cores = navigator.hardwareConcurrency || 2;
const counter = counterOf(script, cores, () => !film.isPlaying() && !runner.isBusy());

/** What the count depends on: everything but the run's own seed. */
let counted: { readonly key: string; readonly table: Table | undefined } | undefined;

function change(part: Partial<Setting>): void {
  const other = part.data !== undefined && part.data !== setting.data;
  setting = completed({ ...setting, ...(other ? { columns: [] } : {}), ...part });
  openedAt = undefined;
  refused = [];
  void run();
}

function showInAddress(epoch: number | undefined): void {
  const { table } = setting;
  history.replaceState(table ? { table } : null, "", `#${addressOf(setting, epoch)}`);
}

async function run(): Promise<void> {
  showInAddress(openedAt);
  showInForm(setting);
  showPreset();
  const [asked, at] = [setting, openedAt];
  const now = { key: addressOf({ ...asked, seed: 0 }), table: asked.table };
  const isCounted = now.key === counted?.key && now.table === counted.table;
  if (!isCounted) {
    counter.stop();
    share.clear();
  }
  byId("explanation").removeAttribute("open");
  byId("found").textContent = "";
  take.clear();
  if (asked.data === "table" && !asked.table) {
    counted = undefined;
    runner.stop();
    document.body.dataset.shown = "false";
    return tell("No table yet", "", "Choose a CSV file under Data, or drop it on this page.");
  }
  document.body.dataset.busy = "true";
  try {
    const made = await runner.ask("run", asked);
    document.body.dataset.shown = "true";
    tell(ENDINGS[made.ending], made.ending, made.verdict);
    film.load(panels.load(made), at);
    if (!isCounted) counter.start(asked, share.take, failed);
    counted = now;
  } catch (error) {
    counted = undefined;
    document.body.dataset.shown = "false";
    failed(error as Error);
  }
}

const ENDINGS = {
  solved: "Solved",
  unsolved: "Not solved",
  diverged: "Diverged",
  stopped: "Stopped",
} as const;

/** Says how the run ended, or why there is none; `ending` gives the colour. */
function tell(outcome: string, ending: string, text: string): void {
  document.body.dataset.busy = "false";
  byId("outcome").textContent = outcome;
  byId("outcome").dataset.ending = ending;
  byId("verdict").textContent = unbroken(text);
}

function failed({ message }: Error): void {
  const [first, ...rest] = message.replace(/^(laboratory|readTable|table|dataset|split): /, "");
  tell("Error", "diverged", `${first.toUpperCase()}${rest.join("")}`);
}

/** Takes a file of one's own as the table. */
async function readFile(file: File): Promise<void> {
  const table = await runner.ask("table", await textFile(file));
  change({ data: "table", table, target: 0, columns: [] });
}

addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  const file = event.dataTransfer?.files[0];
  if (file) readFile(file).catch(failed);
});

const presetButtons = PRESETS.map(({ name, setting: preset }) =>
  button(name, () => change({ ...preset, table: setting.table })),
);
byId("presets").append(...presetButtons);

function showPreset(): void {
  const now = addressOf(setting);
  const chosen = PRESETS.findIndex((preset) => addressOf(preset.setting) === now);
  presetButtons.forEach((preset, i) => {
    preset.setAttribute("aria-pressed", String(i === chosen));
  });
  byId("reason").textContent =
    PRESETS[chosen]?.reason ??
    (refused.length > 0
      ? `This address names what the laboratory does not know: ${refused.join(", ")}.`
      : setting.data === "table"
        ? "Your own table. It never leaves this page, and is not in the link: send the file along."
        : "Your own setting. The address of this page holds it: send it as a link.");
  const keep = byId("keep");
  keep.setAttribute("aria-pressed", String(setting.start !== undefined));
}

const brushes = Array.from({ length: MOST_CLASSES }, (_, group) => {
  const brush = make("input", { type: "radio", name: "class", value: String(group) });
  brush.checked = group === 1;
  byId("brushes").append(
    make("label", { class: "dot", style: `color: var(--class-${group})` }, brush, `class ${group}`),
  );
  return brush;
});

function stroke(x: number, y: number, near: number, kind: Stroke): void {
  if (setting.data !== "own") return;
  const group = brushes.findIndex((brush) => brush.checked);
  const step = roundStep(near / 8); // a pixel or two
  const [across, up] = [x, y].map((value) => rounded(Math.round(value / step) * step));
  const points = withStroke(setting, [across, up, group], near, kind);
  if (points !== setting.points) change({ points });
}

/** Does something on an event of an element; what goes wrong is told. */
function on(id: string, type: "click" | "toggle", work: () => void | Promise<void>): void {
  byId(id).addEventListener(type, async () => {
    try {
      await work();
    } catch (error) {
      failed(error as Error);
    }
  });
}

on("another", "click", () => change({ seed: setting.seed + 1 }));
/** The initial weights of this setting's own seed. */
function ownStart(): Start {
  const { seed, initializer, hidden } = setting;
  const { inputs, outputs = 1 } = networkOptions(setting);
  return { seed, initializer, widths: [inputs, ...hidden, outputs] };
}
on("keep", "click", () => change({ start: setting.start ? undefined : ownStart() }));
on("train-on", "click", () => {
  film.hold();
  const weights = panels.weights();
  if (weights)
    change({ start: { ...ownStart(), weights: Array.from(weights, (weight) => rounded(weight)) } });
});

async function find(solved: boolean): Promise<void> {
  byId("found").textContent = "Searching …";
  const { seed, tried } = await runner.ask("find", { setting, solved });
  if (seed !== undefined) change({ seed });
  byId("found").textContent =
    seed === undefined
      ? `None of ${tried} seeds ${solved ? "succeeds" : "fails"}.`
      : `Seed ${seed}, after ${tried} tried.`;
}
on("find-solved", "click", () => find(true));
on("find-unsolved", "click", () => find(false));

on("explanation", "toggle", async () => {
  if (!byId<HTMLDetailsElement>("explanation").open) return;
  byId("text").textContent = "Trying what might have helped …";
  byId("text").textContent = await runner.ask("explain", setting);
});

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  theme = readTheme();
  film.redraw();
  share.draw();
});
addEventListener("hashchange", () => {
  ({ setting, openedAt, refused } = opened());
  void run();
});

void run();

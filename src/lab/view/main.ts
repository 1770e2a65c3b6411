import { unpacked } from "../../reader/packed.js";
import { addressOf, settingOf } from "../address.js";
import { kerasOf, typeScriptOf } from "../code.js";
import { PRESETS } from "../presets.js";
import { DEFAULTS, type OwnPoint, type Setting } from "../setting.js";
import { readTheme } from "./canvas.js";
import { byId, element } from "./elements.js";
import { makeFilm } from "./film.js";
import { makeForm } from "./form.js";
import { makePanels, withPoint } from "./panels.js";
import { makeShare } from "./share.js";
import { askerOf, counterOf } from "./workers.js";

/** The laboratory: one setting goes into the address, the form and the workers; their answers into the pictures. */

let theme = readTheme();
let { setting, epoch: openedAt, refused } = settingOf(location.hash);

const panels = makePanels(
  () => film.redraw(),
  (x, y) => clickPoint(x, y),
);
const film = makeFilm(
  (epoch, rests) => panels.show(epoch, theme, rests),
  (epoch) =>
    history.replaceState(null, "", `#${addressOf(setting, epoch === setting.epochs ? undefined : epoch)}`),
);
const share = makeShare(
  () => theme,
  async (trial) => change({ seed: await runner.ask("seed", { setting, trial }) }),
);
const showInForm = makeForm(byId("fields"), (part) => change(part));
const script = unpacked("worker").then((text) =>
  URL.createObjectURL(new Blob([text ?? ""], { type: "text/javascript" })),
);
const runner = askerOf(script);
const counter = counterOf(script, Math.max(1, (navigator.hardwareConcurrency || 2) - 1));

/** What the count depends on: everything but the run's own seed. */
let counted = "";

function change(part: Partial<Setting>): void {
  setting = { ...setting, ...part };
  if (setting.data === "own" && setting.points.length === 0) setting = { ...setting, points: CORNERS };
  openedAt = undefined;
  void run();
}

const CORNERS: readonly OwnPoint[] = [
  [0, 0, 0],
  [0, 1, 1],
  [1, 0, 1],
  [1, 1, 0],
];

async function run(): Promise<void> {
  history.replaceState(null, "", `#${addressOf(setting, openedAt)}`);
  showInForm(setting);
  showPreset();
  const [asked, at] = [setting, openedAt];
  const key = addressOf({ ...asked, seed: 0 });
  if (key !== counted) {
    counter.stop();
    share.clear();
  }
  byId("explanation").removeAttribute("open");
  for (const id of ["found", "copied"]) byId(id).textContent = "";
  byId("code").hidden = true;
  document.body.dataset.busy = "true";
  try {
    const made = await runner.ask("run", asked);
    document.body.dataset.busy = "false";
    byId("outcome").textContent = ENDINGS[made.ending];
    byId("outcome").dataset.ending = made.ending;
    byId("verdict").textContent = made.verdict;
    film.load(panels.load(made), at);
    if (key !== counted) counter.start(asked, share.take, failed);
    counted = key;
  } catch (error) {
    failed(error as Error);
  }
}

const ENDINGS = {
  solved: "Solved",
  unsolved: "Not solved",
  diverged: "Diverged",
  stopped: "Stopped",
} as const;

function failed({ message }: Error): void {
  document.body.dataset.busy = "false";
  byId("outcome").textContent = "Error";
  byId("outcome").dataset.ending = "diverged";
  byId("verdict").textContent = message;
}

const presetButtons = PRESETS.map(({ name, setting: preset }) => {
  const button = element("button", { type: "button" }, name);
  button.addEventListener("click", () => {
    setting = DEFAULTS;
    change(preset);
  });
  return button;
});
byId("presets").append(...presetButtons);

function showPreset(): void {
  const now = addressOf(setting);
  const chosen = PRESETS.findIndex((preset) => addressOf(preset.setting) === now);
  presetButtons.forEach((button, i) => {
    button.setAttribute("aria-pressed", String(i === chosen));
  });
  byId("reason").textContent =
    PRESETS[chosen]?.reason ??
    (refused.length > 0
      ? `This address names what the laboratory does not know: ${refused.join(", ")}.`
      : "Your own setting. The address of this page holds it: send it as a link.");
  const keep = byId("keep");
  keep.setAttribute("aria-pressed", String(setting.start !== undefined));
}

function clickPoint(x: number, y: number): void {
  if (setting.data !== "own") return;
  const target = byId<HTMLInputElement>("class-one").checked ? 1 : 0;
  const rounded = [x, y].map((value) => Math.round(value * 100) / 100);
  change({ points: withPoint(setting, [rounded[0], rounded[1], target], 0.06) });
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
on("keep", "click", () => {
  const { seed, initializer, hidden, inputs, start } = setting;
  change({ start: start ? undefined : { seed, initializer, hidden, inputs } });
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

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    byId("copied").textContent = "Copied.";
  } catch {
    byId("copied").textContent = "Your browser does not allow it: copy it from here, or from the address.";
  }
}
on("copy-link", "click", () => copy(location.href));
for (const [id, codeOf] of [["copy-typescript", typeScriptOf] as const, ["copy-keras", kerasOf] as const])
  on(id, "click", () => {
    byId<HTMLTextAreaElement>("code").value = codeOf(setting);
    byId("code").hidden = false;
    return copy(codeOf(setting));
  });

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  theme = readTheme();
  film.redraw();
  share.draw();
});
addEventListener("hashchange", () => {
  ({ setting, epoch: openedAt, refused } = settingOf(location.hash));
  void run();
});

void run();

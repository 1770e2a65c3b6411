import { came } from "../check.js";
import { DISPLAY, type MimeBundle, showing } from "../display.js";
import { figureBundle } from "../figures/figure.js";
import { type Display, type Live, type LiveWork, platform } from "../platform.js";
import {
  type ControlOption,
  controlsBundle,
  controlsWith,
  type Knob,
  knobsOf,
  type ValueOf,
} from "./controls.js";
import { outputPlaces, type Turn } from "./places.js";

/** Controls that interact() has shown. */
export interface Interaction<Values = Readonly<Record<string, unknown>>> {
  /** The values that the controls have now. */
  readonly values: Values;
  /** Disconnects the controls; what is shown stays. */
  close(): void;
}

/**
 * Shows controls, and below them what a function shows for their values: figures, runs, text. When a value changes, the
 * function runs again and its output is replaced.
 *
 * A change that comes while the function still runs ends that run, together with its trainings and studies: the latest
 * values win. Stop ends it too. An error appears in place of the output. Where nothing can be set, as in a terminal or
 * while a notebook is exported, the function runs once with the first values. Saved notebooks keep the last output, with a
 * line that says the values.
 *
 * @param options  by the names that the function uses: a number, `{ min, max, step, value }`, a list of texts or numbers,
 *                 `{ choices, value }`, true or false, or a text; the objects can have a `label`
 * @param fn       what it returns is shown as if it were a cell's last expression, a text as it is; it can be async
 * @returns a promise, kept after the first run, of the values and a way to disconnect the controls
 * @throws TypeError, RangeError that name the option; what the function throws in its first run
 * @example const net = await interact({ hidden: { min: 1, max: 8, value: 2 }, kind: ["sigmoid", "relu"] }, async ({ hidden, kind }) =>
 *   figures.loss(await train(mlp({ hidden, activation: kind, seed: 7 }), xor({ seed: 7 }), { epochs: 5, seed: 7 })));
 * net.values // { hidden: 2, kind: "sigmoid" }
 */
export function interact<const Options extends Readonly<Record<string, ControlOption>>>(
  options: Options,
  fn: (values: { -readonly [Name in keyof Options]: ValueOf<Options[Name]> }) => unknown,
): Promise<Interaction<{ readonly [Name in keyof Options]: ValueOf<Options[Name]> }>> {
  const knobs = knobsOf(options);
  if (typeof fn !== "function") throw new TypeError(`interact: fn must be a function, got ${came(fn)}`);
  const { host } = platform();
  const live = host().live?.();
  const begun = begin(knobs, fn as (values: object) => unknown, (bundle) => host().display(bundle), live);
  live?.hold(begun);
  return Object.defineProperty(begun, DISPLAY, { value: () => ({}) }) as Promise<never>; // a cell need not await it
}

async function begin(
  knobs: readonly Knob[],
  fn: (values: object) => unknown,
  display: (bundle: MimeBundle) => Display,
  live: Live | undefined,
): Promise<Interaction> {
  let shown = knobs.map(({ control }) => control.value);
  const values = () => Object.fromEntries(knobs.map(({ name, meaning }, i) => [name, meaning(shown[i])]));
  const connection = live?.connect((sent) => change(sent));
  const bundle = () => controlsBundle(connection?.id ?? "", controlsWith(knobs, shown));
  let controls = display(bundle());
  let places = outputPlaces(display);
  let failed = false; // in the first run: the cell shows the error
  let latest: LiveWork | undefined;
  let closed = false;

  const run = async (isLatest: () => boolean): Promise<void> => {
    const turn = places.begin();
    const wanted: Turn["take"] = (one) => isLatest() && turn.take(one);
    const result = live ? await live.capture(wanted, () => fn(values())) : await fn(values());
    const made = await bundleOf(result, live);
    if (made) wanted({ kind: "display", id: undefined, bundle: made });
    if (isLatest()) turn.end();
  };
  const startOver = (): void => {
    console.clear(); // the error of the first run goes
    controls = display(bundle());
    places = outputPlaces(display);
    failed = false;
  };
  const runLater = (current: Live): void => {
    latest?.stop();
    const work: LiveWork = current.later(() => {
      if (failed) startOver();
      return run(() => latest === work);
    });
    latest = work;
    connection?.working(true);
    const end = (error?: unknown): void => {
      if (latest !== work) return; // newer values came meanwhile
      latest = undefined;
      connection?.working(false);
      if (error === undefined) return;
      const turn = places.begin();
      turn.take({ kind: "display", id: undefined, bundle: { "text/plain": current.errorText(error) } });
      turn.end();
    };
    work.done.then(() => end(), end);
  };
  const change = (sent: unknown): void => {
    if (closed || !live || !Array.isArray(sent)) return;
    const next = knobs.map(({ accept }, i) => accept(sent[i]) ?? shown[i]);
    if (next.every((value, i) => value === shown[i])) return;
    shown = next;
    controls.update(bundle());
    runLater(live);
  };
  const close = (): void => {
    closed = true;
    connection?.end();
    const work = latest;
    latest = undefined;
    work?.stop();
  };
  live?.onReplaced(close);
  try {
    await run(() => true);
  } catch (error) {
    failed = true;
    throw error;
  }
  const interaction: Interaction = Object.defineProperty({ close }, "values", {
    get: values,
    enumerable: true,
  }) as Interaction & object;
  return showing(interaction, { display: () => ({}) });
}

/** How a result is shown. */
async function bundleOf(value: unknown, live: Live | undefined): Promise<MimeBundle | undefined> {
  if (value === undefined) return undefined;
  if (typeof value === "string") return { "text/plain": value };
  const own = (value as { [DISPLAY]?: () => MimeBundle } | null)?.[DISPLAY];
  if (typeof own !== "function" && isFigure(value)) return figureBundle("interact", value);
  if (live) return live.bundle(value);
  const bundle = typeof own === "function" ? await own.call(value) : { "text/plain": String(value) };
  return Object.keys(bundle).length > 0 ? bundle : undefined;
}

/** Any figure of Plotly's. */
function isFigure(value: unknown): boolean {
  return typeof value === "object" && value !== null && "data" in value && "layout" in value;
}

import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { counted } from "../../words/english.js";
import { measuredText, sizeText } from "../../words/numbers.js";
import { SETUP } from "./checkout.js";
import type { Failure, RunEvent } from "./exportRun.js";

/** Where the report goes: standard output, or a test's list. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const PAUSE = 5000; // milliseconds between two plain lines of progress
const KERNEL_FRAMES = /^ +at .*(node:|[\\/]tslab[\\/]dist[\\/]).*\n?/gm; // of a stack: lines in Node and tslab
const TICK = 1000; // how often the seconds on a terminal move

/** How far a notebook is that runs. */
interface Running {
  readonly began: number;
  step: string;
  /** when a plain line was written last */
  told: number;
}

/** What a person sees while notebooks run: one moving line on a terminal, now and then a plain line elsewhere. */
export class ExportReport {
  readonly written: string[] = [];
  private readonly running = new Map<string, Running>();
  private clock: NodeJS.Timeout | undefined;

  constructor(private readonly output: Output) {}

  tell(event: RunEvent): void {
    const { name } = event;
    if (event.event === "begin") this.begin(name, event.runs);
    else if (event.event === "cell") this.move(name, `cell ${event.number} of ${event.count}`);
    else if (event.event === "convert") this.move(name, "writing the page");
    else this.ended(name);
    if (event.event !== "written") return;
    const page = relative(process.cwd(), event.page);
    this.written.push(page);
    const facts = [
      event.figures === null ? "and its .ipynb" : counted(event.figures, "figure"),
      sizeText(event.bytes),
      measuredText(1000 * event.seconds),
    ];
    this.output.write(`${page}  ${facts.join(", ")}\n`);
    this.draw();
  }

  /** Removes the moving line. */
  end(): void {
    clearInterval(this.clock);
    this.clock = undefined;
    if (this.output.isTTY) this.output.write("\r\x1b[K");
  }

  private begin(name: string, runs: boolean): void {
    const now = Date.now();
    this.running.set(name, { began: now, step: "", told: now });
    if (this.output.isTTY) this.clock ??= setInterval(() => this.draw(), TICK).unref();
    else if (runs) this.output.write(`${name}: running\n`);
    this.move(name, runs ? "starting the kernel" : "reading");
  }

  private ended(name: string): void {
    this.running.delete(name);
    if (this.running.size === 0) this.end();
    else if (this.output.isTTY) this.output.write("\r\x1b[K");
  }

  private move(name: string, step: string): void {
    const one = this.running.get(name);
    if (!one) return;
    one.step = step;
    this.draw();
    if (this.output.isTTY || Date.now() - one.told < PAUSE) return;
    one.told = Date.now();
    this.output.write(`  ${name}: ${step}, ${secondsSince(one)}\n`);
  }

  private draw(): void {
    if (!this.output.isTTY) return;
    const parts = [...this.running].map(([name, one]) => `${name}: ${one.step}, ${secondsSince(one)}`);
    this.output.write(`\r\x1b[K${parts.join(" | ").slice(0, (this.output.columns || 80) - 1)}`);
  }
}

const secondsSince = ({ began }: Running): string => `${Math.round((Date.now() - began) / 1000)} s`;

/** The failure in words: which cell, its source, and what went wrong; `said` is what the kernel wrote as it started. */
export function failureText(failure: Failure, timeout: number, said: string): string {
  const { name } = failure;
  if (failure.kind === "kernel")
    return `${name}: the kernel "${failure.kernel}" is not installed (${failure.known?.join(", ")}); ${SETUP} installs "xorlab"`;
  if (failure.kind === "start")
    return `${name}: the kernel did not start: ${failure.error}\nCheck the set-up with: npx xorlab doctor\n\n${brief(said.trim(), 30)}`;
  const cell = `cell ${failure.number} of ${failure.count}`;
  const reasons = {
    error: `${cell} failed`,
    timeout: `${cell} took longer than ${timeout} s; allow more with --timeout SECONDS (0: no limit)`,
    died: `the kernel died in ${cell} (out of memory, or the cell ended the process)`,
  };
  const error = stripVTControlCharacters(failure.error ?? "")
    .replace(KERNEL_FRAMES, "")
    .trim();
  return [`${name}: ${reasons[failure.kind]}`, brief(failure.source ?? "", 12), brief(error, 30)]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** A text's first lines, set in; long lines and long texts are cut. */
function brief(text: string, most: number): string {
  const lines = text.split("\n").map((line) => (line.length > 160 ? `${line.slice(0, 157)}...` : line));
  if (lines.length > most) lines.splice(most, Infinity, `(${lines.length - most} more lines)`);
  return lines
    .map((line) => `    ${line}`)
    .join("\n")
    .trimEnd();
}

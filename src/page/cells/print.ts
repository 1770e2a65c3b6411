import { format, inspect } from "node-inspect-extracted";

type Name = "stdout" | "stderr";

// What is printed is sent at once, since long work may come right after it: a hundred messages, and one more for every 10 ms that have
// passed. More would keep the page from drawing.
const EACH = 10; // milliseconds
const SAVED = 100 * EACH;
const ENOUGH = 16_384; // characters
const MOST = 1_000_000; // characters of a cell that are shown: more makes a page freeze
const CUT = `\n… This cell prints too much: nothing beyond ${MOST.toLocaleString("en")} characters is shown.\n`;

/** Makes the function that prints into the cell that runs; what is printed in little time is sent together. */
export function printer(send: (name: Name, text: string) => void, turn: () => Promise<void>) {
  let waiting: { readonly name: Name; text: string } | undefined;
  let [spent, printed] = [-SAVED, 0]; // up to when the time's messages are sent, and characters
  /** Sends what waits. */
  const flush = (): void => {
    if (!waiting) return;
    const { name, text } = waiting;
    waiting = undefined;
    send(name, text);
  };
  /** Begins a cell: it may print as much as any other. */
  const begin = (): void => {
    printed = 0;
  };
  const print = (name: Name, whole: string): void => {
    if (printed > MOST) return;
    const text = printed + whole.length > MOST ? whole.slice(0, MOST - printed) + CUT : whole;
    printed += whole.length;
    if (waiting?.name !== name) flush();
    if (!waiting) {
      waiting = { name, text: "" };
      void turn().then(flush);
    }
    waiting.text += text;
    const now = performance.now();
    const next = Math.max(spent, now - SAVED) + EACH;
    if (next > now && waiting.text.length <= ENOUGH) return;
    spent = next;
    flush();
  };
  return Object.assign(print, { flush, begin });
}

/** Makes a console print as Node's does, but for tables. */
export function printFromConsole(
  console: Console,
  print: (name: Name, text: string) => void,
  clear: () => void,
): void {
  let indent = "";
  const to =
    (name: Name, heading = "") =>
    (...values: unknown[]): void =>
      print(name, `${(heading + format(...values)).replace(/^/gm, indent)}\n`);
  const [out, error] = [to("stdout"), to("stderr")];
  const group = (...values: unknown[]): void => {
    if (values.length > 0) out(...values);
    indent += "  ";
  };
  Object.assign(console, {
    ...{ log: out, info: out, debug: out, table: out, dir: (value: unknown) => out(inspect(value)) },
    ...{ error, warn: error, trace: to("stderr", "Trace: ") },
    ...{ group, groupCollapsed: group, clear },
    groupEnd: () => {
      indent = indent.slice(2);
    },
    assert: (holds: unknown, ...values: unknown[]) => {
      if (!holds) error(`Assertion failed${values.length > 0 ? ":" : ""}`, ...values);
    },
  });
}

import { format, inspect } from "node-inspect-extracted";

type Name = "stdout" | "stderr";

const TOGETHER = 40; // milliseconds whose printing is sent as one message
const ENOUGH = 16_384; // characters
const MOST = 1_000_000; // characters of a cell that are shown: more makes a page freeze
const CUT = `\n… This cell prints too much: nothing beyond ${MOST.toLocaleString("en")} characters is shown.\n`;

/** Makes the function that prints into the cell that runs; what is printed in little time is sent together. */
export function printer(send: (name: Name, text: string) => void, turn: () => Promise<void>) {
  let waiting: { readonly name: Name; text: string } | undefined;
  let [sent, printed] = [0, 0];
  /** Sends what waits. */
  const flush = (): void => {
    if (!waiting) return;
    const { name, text } = waiting;
    waiting = undefined;
    sent = performance.now();
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
    if (waiting.text.length > ENOUGH || performance.now() - sent > TOGETHER) flush();
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

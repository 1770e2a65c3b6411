import type { Content } from "./message.js";

type Entry = readonly [session: number, line: number, input: string | readonly [string, null]];

const SESSION = 1; // the only one: nothing is kept from earlier kernels

/** The cells that have run, for front ends: consoles ask for the latest, JupyterLab's inline completion searches. */
export type History = ReturnType<typeof cellHistory>;

export function cellHistory() {
  const inputs: { readonly count: number; readonly source: string }[] = [];
  return {
    add: (count: number, source: string) => void inputs.push({ count, source }),
    /** Answers a history_request: the latest, a range, or those that match a pattern. */
    find({ hist_access_type: access, n, start, stop, pattern, unique, output }: Content): Entry[] {
      let found = inputs;
      if (access === "range")
        found = inputs.filter(({ count }) => count >= number(start, 0) && count < number(stop, Infinity));
      if (access === "search") found = inputs.filter(({ source }) => glob(String(pattern ?? "*"), source));
      if (access === "search" && unique === true)
        found = [...new Map(found.map((input) => [input.source, input])).values()]; // the latest of equal ones
      if (access !== "range") found = found.slice(-Math.max(1, number(n, Infinity)));
      return found.map(({ count, source }) => [SESSION, count, output === true ? [source, null] : source]);
    },
  };
}

function number(value: unknown, otherwise: number): number {
  return typeof value === "number" && !Number.isNaN(value) ? value : otherwise;
}

/** Whether a text matches a pattern with * and ?, in a time that no pattern can blow up, as it can with regular expressions. */
function glob(pattern: string, text: string): boolean {
  let [at, place, star, mark] = [0, 0, -1, 0];
  while (place < text.length) {
    if (at < pattern.length && pattern[at] === "*") {
      star = at++;
      mark = place;
    } else if (at < pattern.length && (pattern[at] === "?" || pattern[at] === text[place])) {
      at++;
      place++;
    } else if (star >= 0) {
      at = star + 1;
      place = ++mark;
    } else return false;
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}

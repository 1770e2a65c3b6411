import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, it } from "node:test";
import { notebooksIn } from "../../src/node/cli/notebooks.js";
import { CHECKOUT } from "../support/checkout.js";

/** What the committed notebooks keep to, as far as their files show it. */

const LARGEST = 500_000; // bytes
const MOST_LINES = 10; // of a code cell, so that it fits beside its explanation
/** Words of prose: an hour, with the experiments. Code blocks and folded answers are not counted. */
const MOST_WORDS = 1500;
/** Notebooks that are still longer, and by how much they may be. This list may only become shorter. */
const LONGER: Readonly<Record<string, { readonly words: number; readonly lines: number }>> = {
  "02-relu-stall": { words: 2250, lines: 14 },
  "03-five-neuron-jump": { words: 1800, lines: 13 },
};

interface Cell {
  readonly cell_type: "code" | "markdown";
  readonly source: readonly string[];
}

const textOf = ({ source }: Cell): string => source.join("");

function wordsOf(cells: readonly Cell[]): number {
  const texts = cells.filter((cell) => cell.cell_type === "markdown").map(textOf);
  const prose = texts.map((text) => text.replace(/```[\s\S]*?```|<details>[\s\S]*?<\/details>/g, ""));
  return prose.join(" ").split(/\s+/).filter(Boolean).length;
}

describe("the committed notebooks", () => {
  for (const path of notebooksIn(join(CHECKOUT, "notebooks"))) {
    const name = basename(path, ".ipynb");
    const file = readFileSync(path);
    const cells: readonly Cell[] = JSON.parse(file.toString()).cells;
    const { words, lines } = LONGER[name] ?? { words: MOST_WORDS, lines: MOST_LINES };

    it(`${name} is short`, () => {
      assert.ok(file.length <= LARGEST, `${file.length} bytes`);
      assert.ok(wordsOf(cells) <= words, `${wordsOf(cells)} words`);
      for (const cell of cells.filter((cell) => cell.cell_type === "code"))
        assert.ok(cell.source.length <= lines, `${cell.source.length} lines:\n${textOf(cell)}`);
    });
  }
});

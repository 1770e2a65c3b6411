import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, it } from "node:test";
import { notebooksIn } from "../../src/node/cli/notebooks.js";
import { CHECKOUT } from "../support/checkout.js";

/** What the committed notebooks keep to, as far as their files show it. */

const LARGEST = 500_000; // bytes
const MOST_LINES = 10; // of a code cell, so that it fits beside its explanation
/** Words of prose: an hour, with the experiments. Code blocks and answers to exercises are not counted. */
const MOST_WORDS = 1500;
const FIGURE = "application/vnd.plotly.v1+json";
const NOT_COUNTED = /```[\s\S]*?```|<details><summary>Answer[\s\S]*?<\/details>|<[^>]+>/g;

interface Cell {
  readonly cell_type: "code" | "markdown";
  readonly source: readonly string[];
  readonly metadata: {
    readonly tags?: readonly string[];
    readonly jupyter?: { readonly outputs_hidden?: boolean };
  };
  readonly outputs?: readonly { readonly data?: Readonly<Record<string, unknown>> }[];
}

const textOf = ({ source }: Cell): string => source.join("");

function wordsOf(cells: readonly Cell[]): number {
  const texts = cells.filter((cell) => cell.cell_type === "markdown").map(textOf);
  const prose = texts.map((text) => text.replace(NOT_COUNTED, ""));
  return prose.join(" ").split(/\s+/).filter(Boolean).length;
}

describe("the committed notebooks", () => {
  for (const path of notebooksIn(join(CHECKOUT, "notebooks"))) {
    const name = basename(path, ".ipynb");
    const file = readFileSync(path);
    const cells: readonly Cell[] = JSON.parse(file.toString()).cells;

    it(`${name} is short`, () => {
      assert.ok(file.length <= LARGEST, `${file.length} bytes`);
      assert.ok(wordsOf(cells) <= MOST_WORDS, `${wordsOf(cells)} words`);
      for (const cell of cells.filter((cell) => cell.cell_type === "code"))
        assert.ok(cell.source.length <= MOST_LINES, `${cell.source.length} lines:\n${textOf(cell)}`);
    });

    it(`${name} folds the outputs that readers are to predict`, () => {
      for (const cell of cells.filter(({ metadata }) => metadata.tags?.includes("prediction")))
        assert.equal(cell.metadata.jupyter?.outputs_hidden, true, textOf(cell));
    });

    it(`${name} shows a figure before anything is unfolded, as the index of exported pages does`, () => {
      const open = cells.filter(({ metadata }) => !metadata.jupyter?.outputs_hidden);
      assert.ok(open.some(({ outputs }) => outputs?.some(({ data }) => data && FIGURE in data)));
    });
  }
});

import * as pure from "../figures/index.js";
import { displayed } from "../show/display.js";
import { figureBundle } from "./show.js";

/**
 * What can be drawn. Each is a pure function from results to a Plotly figure `{ data, layout, config }`, which draws itself
 * as a cell's last expression, or by show().
 */
export const figures: typeof pure = Object.freeze(
  Object.fromEntries(
    Object.entries(pure).map(([name, draw]) => [
      name,
      (...given: unknown[]) => {
        const figure = (draw as (...all: unknown[]) => object)(...given);
        return displayed(figure, () => figureBundle(`figures.${name}`, figure));
      },
    ]),
  ) as typeof pure,
);

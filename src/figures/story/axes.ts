import type { Run } from "../../train/run.js";
import { type Reference, referenceShapes } from "../loss/references.js";
import type { LossScale } from "../loss/scale.js";
import { axis } from "../parts/theme.js";
import type { Panel } from "./panels.js";

/** The axes of all panels, which are the same; only those at the left and at the bottom have numbers. */
export function axesOf(panels: readonly Panel[], runs: readonly Run[], scale: LossScale): object {
  const epochs = Math.max(...runs.map((run) => run.history.loss.length)) || runs[0].settings.epochs;
  const range = epochs === 1 ? [0, 2] : [1, epochs + 0.02 * (epochs - 1)];
  const unit = runs[0].settings.loss === "binaryCrossentropy" ? "loss (nats)" : "loss (squared error)";
  const upward = scale.logarithmic
    ? { type: "log", exponentformat: "power" }
    : { range: [0, scale.top], nticks: 4 };
  const entries = panels.flatMap((panel) => {
    const fixed = { automargin: false, fixedrange: true };
    const across = { domain: panel.x, anchor: `y${panel.axis}`, range, showgrid: false, nticks: 4 };
    const up = { domain: panel.y, anchor: `x${panel.axis}`, showline: false, ticks: "", ...upward };
    return [
      [
        `xaxis${panel.axis}`,
        axis(panel.bottom ? "epoch" : "", { ...across, showticklabels: panel.bottom, ...fixed }),
      ],
      [`yaxis${panel.axis}`, axis(panel.left ? unit : "", { ...up, showticklabels: panel.left, ...fixed })],
    ];
  });
  return Object.fromEntries(entries);
}

const FAINT = { opacity: 0.6 };

/** The lines of reference, within a panel. */
export function panelShapes({ axis: number }: Panel, shown: readonly Reference[]): object[] {
  return referenceShapes(shown).map((shape) => ({
    ...FAINT,
    ...shape,
    xref: `x${number} domain`,
    yref: `y${number}`,
  }));
}

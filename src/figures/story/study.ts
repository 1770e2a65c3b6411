import { optimizerSettings } from "../../settings/optimizers.js";
import type { Study } from "../../study/result.js";
import type { StudyRow } from "../../study/table.js";
import type { Run } from "../../train/run.js";
import { intervalText, percentText } from "../../words/numbers.js";

/**
 * The row of a study with the settings of a run. A run does not know how its weights were drawn: if rows differ in
 * their initializers alone, none of them is taken.
 */
export function rowLike(study: Study, run: Run): StudyRow | undefined {
  const alike = study.rows.filter((row) => row.trials > 0 && sameNetwork(row, run) && sameTraining(row, run));
  return alike.length === 1 ? alike[0] : undefined;
}

function sameNetwork(row: StudyRow, { network }: Run): boolean {
  if (!network) return false;
  const layers = network.layers.slice(0, -1);
  const widths = [row.hidden].flat();
  return (
    widths.length === layers.length &&
    layers.every((layer, i) => layer.units === widths[i] && layer.activation === row.activation) &&
    network.layers[layers.length].activation === row.output
  );
}

function sameTraining(row: StudyRow, { data, settings }: Run): boolean {
  const { loss, batchSize, epochs, shuffle } = settings;
  const optimizer = optimizerSettings("figures.story", row.optimizer, row.learningRate);
  return (
    row.data === data.name &&
    row.rows === data.rows &&
    row.loss === loss &&
    row.batchSize === batchSize &&
    row.epochs === epochs &&
    row.shuffle === shuffle &&
    JSON.stringify(optimizer) === JSON.stringify(settings.optimizer)
  );
}

/** "18 % (16–21 %)": the share of trials and its 95 % interval. */
export function rateLine({ rate, interval }: StudyRow): string {
  return `${percentText(rate)} (${intervalText(interval)})`;
}

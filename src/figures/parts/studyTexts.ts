import type { StudyRow } from "../../study/table.js";

/** "60 trials", or "12 to 60 trials" of a stopped study. */
export function trialsText(rows: readonly StudyRow[]): string {
  const counts = rows.map((row) => row.trials);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  if (least === most) return most === 1 ? "1 trial" : `${most} trials`;
  return `${least} to ${most} trials`;
}

import type { Run } from "../../train/run.js";
import { type Finding, lossText } from "../loss/finding.js";
import { subject } from "../parts/runs.js";
import type { Surroundings } from "./end.js";

/** What the landscape shows: on what the run ends, and what lies lower. */
export function landscapeFinding(run: Run, around: Surroundings, lowest: number, broken: boolean): Finding {
  const detail = detailText(around, lowest);
  if (broken || run.status === "diverged")
    return {
      title: `${subject(run)} diverged: its last finite weights have loss ${lossText(around.loss)}`,
      detail,
    };
  const title = `${endText(run, around)}: ${outlook(around, lowest)}`;
  return { title, detail };
}

function endText(run: Run, { shape, loss }: Surroundings): string {
  const verb = run.status === "stopped" ? "was stopped" : "ends";
  const places = {
    plateau: run.solved ? "on flat low ground" : "on a plateau",
    hollow: "in a hollow",
    valley: "in a valley",
    edge: "at the foot of a slope",
    slope: "on a slope",
  };
  return `${subject(run)} ${verb} ${places[shape]} at loss ${lossText(loss)}`;
}

/** What lies lower in the plane. Levels are those by which the end was called flat. */
function outlook({ shape, loss, level }: Surroundings, lowest: number): string {
  const below = loss - lowest;
  if (shape === "slope") return `in this plane it goes on down to ${lossText(lowest)}`;
  if (below > level) return `lower places, down to ${lossText(lowest)}, lie farther off in this plane`;
  return shape === "plateau"
    ? "flat in every direction of this plane"
    : "nothing in this plane is clearly lower";
}

function detailText({ radius, rise, fall }: Surroundings, lowest: number): string {
  const ring = `Within the ring (radius ${Number(radius.toPrecision(2))})`;
  return `${ring}: at most ${changeText(rise)} up, ${changeText(fall)} down. Lowest loss in view: ${lossText(lowest)}.`;
}

/** A change as one reads it; never rounded down to none. */
function changeText(change: number): string {
  if (!Number.isFinite(change)) return "more than any number";
  if (change === 0) return "0";
  return change < 0.0001 ? "0.0001" : String(Number(change.toPrecision(2)));
}

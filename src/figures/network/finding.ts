import type { Run } from "../../train/run.js";
import { listed } from "../../words/english.js";
import type { DrawnUnit, Role } from "./units.js";

/** Right answers to the judged rows. */
export interface Score {
  readonly right: number;
  readonly rows: number;
}

/** The state of the hidden units, and what comes of it. */
export function networkFinding(units: readonly DrawnUnit[], score: Score, silent: readonly string[]): string {
  const answers = silent.length > 0 ? silenceText(silent, score.rows) : answersText(score);
  if (units.length === 0) return `No hidden layer: the output is one weighted sum, and ${answers}`;
  const good = score.right === score.rows;
  const roles = ORDER.filter((role) => units.some((unit) => unit.role === role));
  const idle = roles.filter((role) => role !== "works");
  const link = (idle.length === 0) === good ? "and" : "yet";
  return `${unitsText(units, roles, idle)}, ${link} ${answers}`;
}

const ORDER: readonly Role[] = ["dead", "constant", "duplicate", "linear", "works"];
const ADJECTIVES: Record<Role, readonly [one: string, many: string]> = {
  dead: ["is dead", "are dead"],
  constant: ["is constant", "are constant"],
  duplicate: ["only repeats another", "only repeat others"],
  linear: ["is linear here", "are linear here"],
  works: ["works", "work"],
};

function unitsText(units: readonly DrawnUnit[], roles: readonly Role[], idle: readonly Role[]): string {
  const count = (role: Role) => units.filter((unit) => unit.role === role).length;
  const verb = (role: Role) => ADJECTIVES[role][count(role) === 1 ? 0 : 1];
  if (roles.length === 1) {
    const all =
      units.length === 1
        ? "The only hidden unit"
        : units.length === 2
          ? "Both hidden units"
          : `All ${units.length} hidden units`;
    return `${all} ${verb(roles[0])}`;
  }
  const [first] = idle;
  const start = `${count(first) === 1 ? "One" : count(first)} of the ${units.length} hidden units ${verb(first)}`;
  if (idle.length === 1) return start;
  return [start, ...idle.slice(1).map((role) => `${count(role)} ${verb(role)}`)].join(", ");
}

/** Why an answer is wrong: where every ReLU of a layer is off, the layers above cannot tell the inputs apart. */
function silenceText(names: readonly string[], rows: number): string {
  if (names.length === rows) return `all ${rows} inputs get one answer`;
  return `no unit is on for ${listed(names)}: they get one answer`;
}

/** "1 of 4 answers is wrong". */
function answersText({ right, rows }: Score): string {
  const wrong = rows - right;
  if (rows === 1) return `its only answer is ${wrong === 0 ? "right" : "wrong"}`;
  if (wrong === 0) return `all ${rows} answers are right`;
  return `${wrong} of ${rows} answers ${wrong === 1 ? "is" : "are"} wrong`;
}

/** When the network is looked at: "after epoch 79". */
export function momentOf(run: Run, epoch: number | undefined): string {
  const last = run.history.loss.length;
  if (epoch === undefined) return `${run.status} within epoch ${last + 1}`;
  if (epoch === 0) return "before training";
  return `after epoch ${epoch}${epoch < last ? ` of ${last}` : ""}`;
}

import type { Dataset } from "../data/dataset.js";
import { inputsOf, MOST_ENUMERATED, unlikeInputs } from "../data/rows.js";
import { capital, listed } from "../words/english.js";
import { inputsText } from "../words/names.js";
import { significant } from "../words/numbers.js";
import type { Role } from "./contributions.js";
import type { UnitState } from "./units.js";

const MOST_UNITS = 8;
const MOST_INPUTS = 4;
const MOST_ROLES = 4;
/** A unit that pushes by less than this share of the strongest plays no part. */
const WEAK = 0.01;

/** What the hidden units do: "unit 1 is on for (1, 0) and (1, 1); unit 2 is dead (off on all)". */
export function unitsLine(units: readonly (readonly UnitState[])[], rows: Dataset): string | undefined {
  const all = units.flat();
  if (all.length === 0) return undefined;
  if (all.length > (rows.rows > MOST_ENUMERATED ? MOST_UNITS / 2 : MOST_UNITS)) return countsText(all);
  const several = units.length > 1;
  const states = all.map((state) => stateText(state, rows));
  if (all.length > 1 && states.every((text) => text === states[0]))
    return `Each of its ${all.length} units ${states[0]}.`;
  const texts = all.map((state, i) => `${unitName(state, several)} ${states[i]}`);
  return `${capital(texts.join("; "))}.`;
}

/** "unit 1", or "unit 1 of layer 2"; both counted from 1, as one speaks. */
export function unitName({ layer, unit }: Pick<UnitState, "layer" | "unit">, several: boolean): string {
  return several ? `unit ${unit + 1} of layer ${layer + 1}` : `unit ${unit + 1}`;
}

function stateText(state: UnitState, rows: Dataset): string {
  if (state.dead)
    return `is dead (${state.onRows === 0 && !state.saturated ? "off on all inputs" : "no slope on any input"})`;
  if (state.saturated) return "is saturated on all inputs";
  if (state.constant) return "has one value for all inputs";
  const copy = state.duplicateOf === undefined ? "" : ` (a copy of unit ${state.duplicateOf + 1})`;
  if (state.activation === "linear") return `is linear${copy}`;
  const twoSided = state.activation === "sigmoid" || state.activation === "tanh"; // neither on nor off
  if (state.linear)
    return `does not bend${twoSided ? "" : `: it is ${state.onRows > 0 ? "on" : "off"} for all inputs`}${copy}`;
  if (twoSided)
    return `${state.onRows === rows.rows ? "varies on all inputs" : `is saturated ${onText(state, rows, false)}`}${copy}`;
  return `is on ${onText(state, rows, true)}${copy}`;
}

/** "for (1, 0) and (1, 1)", "for all but (0, 0)", "for 120 of 500 rows". */
function onText({ on }: UnitState, rows: Dataset, wanted: boolean): string {
  const different = unlikeInputs(rows, [...on.keys()]);
  const name = (value: boolean): string[] =>
    different.flatMap((row) => (on[row] === value ? [inputsText(inputsOf(rows, row))] : []));
  const [those, others] = [name(wanted), name(!wanted)];
  if (rows.rows > MOST_ENUMERATED || Math.min(those.length, others.length) > MOST_INPUTS)
    return `for ${those.length} of ${different.length} ${rows.rows > MOST_ENUMERATED ? "rows" : "inputs"}`;
  if (others.length === 0) return "for all inputs";
  if (those.length === 0) return "for no input";
  return those.length <= others.length || those.length <= 2
    ? `for ${listed(those)}${those.length === 1 ? " only" : ""}`
    : `for all but ${listed(others)}`;
}

/** Many units are counted. */
function countsText(all: readonly UnitState[]): string {
  const count = (holds: (state: UnitState) => boolean): number => all.filter(holds).length;
  const kinds: [string, number][] = [
    ["dead", count((state) => state.dead)],
    ["saturated on all inputs", count((state) => state.saturated && !state.dead)],
    ["without a bend", count((state) => state.linear && !state.constant)],
  ];
  const copies = count((state) => state.duplicateOf !== undefined);
  const found = kinds.filter(([, number]) => number > 0).map(([kind, number]) => `${number} ${kind}`);
  if (copies > 0) found.push(copies === 1 ? "1 a copy of another" : `${copies} copies of others`);
  return found.length === 0
    ? `Of ${all.length} hidden units none is dead, saturated, without a bend or a copy.`
    : `Of ${all.length} hidden units: ${listed(found)}.`;
}

/** How the last hidden layer solves it: "unit 1 (OR) pushes up by 7.2, unit 2 (AND) down by 14". */
export function rolesLine(roles: readonly Role[], rows: Dataset): string | undefined {
  if (roles.length === 0 || roles.length > MOST_UNITS || rows.rows > MOST_ENUMERATED) return undefined;
  const sorted = [...roles].sort((a, b) => Math.abs(b.push) - Math.abs(a.push));
  const strong = sorted.filter((role) => Math.abs(role.push) > WEAK * Math.abs(sorted[0].push));
  const shown = strong.slice(0, MOST_ROLES);
  const others = strong.length > shown.length ? "; the others push less" : "";
  const texts = shown.map(({ unit, gate, high, push }) => {
    const where = gate ?? `highest ${onText({ on: high } as UnitState, rows, true)}`;
    return `unit ${unit + 1} (${where}) pushes the answer ${push > 0 ? "up" : "down"} (${significant(push, 2)})`;
  });
  return `How: ${texts.join("; ")}${others}; in brackets its largest push at the output's weighted sum.`;
}

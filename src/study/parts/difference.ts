import { written } from "../../check.js";
import type { Dataset } from "../../data/dataset.js";
import { FIXED_DATA } from "../../data/fixed.js";
import { counted } from "../../words/english.js";
import {
  AXIS_NAMES,
  type StudyOptions,
  type StudySetting,
  studyControls,
  studySettings,
} from "../settings.js";
import { checksum, type PartHeader } from "./lines.js";
import { packOptions } from "./options.js";

/** Something in which two studies differ, and what it is in each. */
export interface Difference {
  readonly field: string;
  readonly mine: string;
  readonly theirs: string;
}

/** The first thing in which what made two parts differs, so that they are parts of two studies. */
export function headerDifference(mine: PartHeader, theirs: PartHeader): Difference | undefined {
  if (mine.version !== theirs.version)
    return { field: "xorlab's version", mine: mine.version, theirs: theirs.version };
  const options = optionsDifference(mine, theirs);
  if (options || mine.backend === theirs.backend) return options;
  return { field: "TensorFlow.js's backend", mine: String(mine.backend), theirs: String(theirs.backend) };
}

/** The first of some fields in which two records differ. */
function differenceIn<Field extends string>(
  fields: readonly Field[],
  mine: Readonly<Partial<Record<Field, unknown>>>,
  theirs: typeof mine,
): Difference | undefined {
  const field = fields.find((name) => JSON.stringify(mine[name]) !== JSON.stringify(theirs[name]));
  return field && { field, mine: written(mine[field]), theirs: written(theirs[field]) };
}

/** The first difference between options; none, if one has what is the other's default. */
function optionsDifference(mine: PartHeader, theirs: PartHeader): Difference | undefined {
  if (mine.optionsText === theirs.optionsText) return undefined;
  const [ours, others] = [mine.options, theirs.options].map(studyControls);
  return (
    differenceIn(["seed", "trials", "engine"], ours, others) ??
    settingsDifference(mine.options, theirs.options)
  );
}

function settingsDifference(mine: StudyOptions, theirs: StudyOptions): Difference | undefined {
  const [ours, others] = [studySettings(mine, FIXED_DATA), studySettings(theirs, FIXED_DATA)];
  for (const [row, one] of ours.entries()) {
    const other = others[row];
    const found = other && settingDifference(one, other);
    if (found) return { ...found, field: ours.length > 1 ? `${found.field} of row ${row}` : found.field };
  }
  if (ours.length === others.length) return undefined;
  const [few, many] = [ours, others].map(({ length }) => counted(length, "setting"));
  return { field: "what is compared", mine: few, theirs: many };
}

/** Settings whose texts are equal have the same trials, but for data of one's own, of which the text has only the name. */
function settingDifference(mine: StudySetting, theirs: StudySetting): Difference | undefined {
  if (mine.text !== theirs.text)
    return (
      differenceIn(AXIS_NAMES, mine.given, theirs.given) ??
      differenceIn(["solvedAccuracy", "solvedR2", "solvedLoss"], mine.training, theirs.training) ??
      differenceIn(["text"], mine, theirs)
    );
  const [one, other] = [mine.source, theirs.source];
  const data = "dataset" in one && "dataset" in other ? [one.dataset, other.dataset] : [undefined, undefined];
  return (
    dataDifference("data", data[0], data[1]) ??
    dataDifference("validation", mine.validation, theirs.validation)
  );
}

/** Data sets differ where anything does: a number, a name, the scaling, the rows that they are judged by. */
function dataDifference(
  field: string,
  mine: Dataset | undefined,
  theirs: Dataset | undefined,
): Difference | undefined {
  if (mine === theirs || packedText(mine) === packedText(theirs)) return undefined;
  return { field, mine: dataText(mine), theirs: dataText(theirs) };
}

function packedText(data: Dataset | undefined): string {
  return JSON.stringify(packOptions(data && Object.fromEntries(Object.entries(data).sort())));
}

function dataText(data: Dataset | undefined): string {
  if (!data) return "none";
  const { name, rows, features } = data;
  return `${written(name)} (${counted(rows, "row")} of ${counted(features, "input")}, contents ${fingerprint(data)})`;
}

/** Eight letters that are others for almost any other contents. */
function fingerprint(data: Dataset): string {
  return checksum(packedText(data));
}

import { codeText } from "../words/code.js";
import { hasSigns, irisOptions, networkOptions, ownParts, tableOptions, trainOptions } from "./options.js";
import { classCount, DEFAULTS, FEATURES, isPlane, type Setting } from "./setting.js";

/** The setting as a program in TypeScript, which trains the very run of the page. */

const hasFeatures = (setting: Setting) =>
  isPlane(setting) && setting.inputs.join() !== DEFAULTS.inputs.join();
const isPlain = (setting: Setting) => !hasFeatures(setting) && !hasSigns(setting);

/** The data as an expression, and what must stand before it. */
function drawnLines(setting: Setting): { readonly uses: string; readonly lines: string } {
  const { data, rows, noise, table } = setting;
  if (data === "iris")
    return { uses: "iris", lines: `const drawn = iris(${codeText(irisOptions(setting))});` };
  if (data === "table" && table) {
    const options = codeText(tableOptions(setting, table));
    return {
      uses: "readTable",
      lines: `const drawn = readTable(${JSON.stringify(`${table.name}.csv`)}, ${options});`,
    };
  }
  if (data === "own") {
    const { inputs, targets, options } = ownParts(setting);
    return {
      uses: "dataset",
      lines: `const drawn = dataset(${codeText(inputs)}, ${codeText(targets)}, ${codeText(options)});`,
    };
  }
  const numbers = data === "xor" ? "{ rows, seed }" : "{ rows, noise, seed }";
  const noiseLine = data === "xor" ? "" : `const noise = ${noise};\n`;
  return { uses: data, lines: `const rows = ${rows};\n${noiseLine}const drawn = ${data}(${numbers});` };
}

/** A notebook's cell, or a file for Node. */
export function typeScriptOf(setting: Setting): string {
  const { test, seed, start } = setting;
  const drawn = drawnLines(setting);
  const names = new Set([
    drawn.uses,
    ...(isPlain(setting) ? [] : ["dataset"]),
    ...(test > 0 ? ["split"] : []),
  ]);
  const list = [...names, "explain", "figures", "mlp", "show", "study", "train"];
  const { inputs: _, ...network } = networkOptions(setting);
  return `import { ${list.sort().join(", ")} } from "xorlab";
${isPlain(setting) ? "" : 'import type { Dataset } from "xorlab";\n'}
const seed = ${seed};
${drawn.lines}
${isPlain(setting) ? "" : `${seenFunction(setting)}\n`}${dataLines(setting)}

const network = ${codeText(network)} as const;
const schedule = ${codeText(trainOptions(setting))} as const;
${
  start
    ? `// The page ${start.weights ? "begins with the weights that its address has" : `keeps the initial weights of seed ${start.seed}, ${start.widths.join("-")}`}; here they are drawn from this seed.\n`
    : ""
}const model = mlp({ ...network, inputs: data.features, seed });
const run = await train(model, data, { ...schedule,${test > 0 ? " validation: test," : ""} seed });
console.log(String(run));
show(figures.loss(run));
console.log(String(explain(run)));

const many = await study({ ...network, hidden: [network.hidden], ...schedule, data, trials: 1000 });
console.log(String(many));
`;
}

/** Turns data into what the network sees: features of two columns, targets ±1. */
function seenFunction(setting: Setting): string {
  const features = setting.inputs.map((name) => FEATURES[name].code).join(", ");
  const columns = hasFeatures(setting)
    ? `Array.from({ length: rows }, (_, row) => [inputs[2 * row], inputs[2 * row + 1]]).map(([x, y]) => [${features}])`
    : "Array.from({ length: rows }, (_, row) => Array.from(inputs.subarray(row * features, (row + 1) * features)))";
  const targets = hasSigns(setting)
    ? "Array.from(targets, (target) => 2 * target - 1)"
    : classCount(setting) > 2
      ? "Array.from({ length: rows }, (_, row) => Array.from(targets.subarray(row * outputs, (row + 1) * outputs)))"
      : "Array.from(targets)";
  return `const seen = ({ name, rows, features, outputs, inputs, targets, classes, judge }: Dataset): Dataset => dataset(
  ${columns},
  ${targets}, { name, classes, judge: judge && seen(judge) });`;
}

function dataLines(setting: Setting): string {
  const wrapped = (part: string) => (isPlain(setting) ? part : `seen(${part})`);
  if (setting.test === 0) return `const data = ${wrapped("drawn")};`;
  return `const parts = split(drawn, { test: ${setting.test}, seed });
const data = ${wrapped("parts.train")};
const test = ${wrapped("parts.test")};`;
}

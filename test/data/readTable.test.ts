import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { type Dataset, readTable, type TableOptions } from "../../src/index.js";

const folder = mkdtempSync(join(tmpdir(), "xorlab-table-"));
after(() => rmSync(folder, { recursive: true }));

/** A file in a folder of its own. */
function fileOf(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const numbersOf = ({ inputs, targets }: Dataset) => [Array.from(inputs), Array.from(targets)];

test("readTable() reads labels as classes, and all other columns as features", () => {
  const text = "width,height,kind\n1,2,plum\n3,4,pear\n5,6,plum\n";
  const data = readTable(text, { target: "kind" });
  assert.deepEqual(numbersOf(data), [
    [1, 2, 3, 4, 5, 6],
    [1, 0, 1],
  ]);
  assert.deepEqual([data.task, data.threshold, data.outputs], ["binary", 0.5, 1]);
  assert.deepEqual(
    [data.classes, data.featureNames],
    [
      ["pear", "plum"],
      ["width", "height"],
    ],
  );
  assert.deepEqual([data.targetNames, data.name], [["kind"], "my data"]);
  const ordered = readTable(text, { target: "kind", classes: ["plum", "pear"], name: "fruit" });
  assert.deepEqual([Array.from(ordered.targets), ordered.name], [[0, 1, 0], "fruit"]);
});

test("readTable() takes the columns that it is told, in that order", () => {
  const data = readTable("id,a,b,y\nr1,1,2,0.5\nr2,3,4,7\n", { target: "y", features: ["b", "a"] });
  assert.deepEqual(numbersOf(data), [
    [2, 1, 4, 3],
    [0.5, 7],
  ]);
  assert.deepEqual(data.featureNames, ["b", "a"]);
  const two = readTable("a,y,z\n1,0.5,2\n2,7,3\n", { target: ["z", "y"] });
  assert.deepEqual([two.outputs, two.task, two.targetNames], [2, "regression", ["z", "y"]]);
  assert.deepEqual(Array.from(two.targets), [2, 0.5, 3, 7]);
});

test("readTable() finds the task from the target", () => {
  const taskOf = (targets: string, options = {}) => {
    const lines = targets.split(" ").map((target, i) => `${i},${target}`);
    const { task, threshold, outputs, classes } = readTable(`x,y\n${lines.join("\n")}\n`, {
      ...{ target: "y", ...options },
    });
    return [task, threshold, outputs, classes];
  };
  assert.deepEqual(taskOf("a b c a"), ["classes", undefined, 3, ["a", "b", "c"]]);
  assert.deepEqual(taskOf("0 1 1"), ["binary", 0.5, 1, undefined]);
  assert.deepEqual(taskOf("-1 1 1"), ["binary", 0, 1, undefined]);
  assert.deepEqual(taskOf("1 2 2", { classes: ["no", "yes"] }), ["binary", 1.5, 1, ["no", "yes"]]);
  assert.deepEqual(taskOf("1 2 3"), ["regression", undefined, 1, undefined]);
  assert.deepEqual(taskOf("10 9 8", { classes: ["8", "9", "10"] }), [
    ...["classes", undefined, 3],
    ["8", "9", "10"],
  ]);
  assert.deepEqual(taskOf("b a", { classes: ["a", "b", "c"] }), ["classes", undefined, 3, ["a", "b", "c"]]);
});

test("readTable() takes columns of which one is 1 in each row as classes, named by the columns", () => {
  const data = readTable("x,red,green\n1,0,1\n2,1,0\n", { target: ["red", "green"] });
  assert.deepEqual(
    [data.task, data.classes, data.targetNames],
    ["classes", ["red", "green"], ["red", "green"]],
  );
});

test("readTable() reads what programs write: BOM, line ends, quotes, blank lines, signs and exponents", () => {
  const wanted = [
    [1000, -2, 0.001, 5],
    [7, 8],
  ];
  const options = { target: "y" };
  for (const text of [
    "a,b,y\n1000,-2,7\n.001,+5,8",
    "\ufeffa,b,y\r\n1e3,-2.,7\r\n1E-3,5.0,8\r\n",
    "\n\na;b;y\n1000;-2;7\n\n0.001;5; 8 \n\n\n",
    "a\tb\ty\r1000\t-2\t7\r0.001\t5\t8\r",
    '"a","b","y"\n"1000" ,"-2","7"\n 1e-3 ,5,8\n',
  ])
    assert.deepEqual(
      numbersOf(readTable(text, options)),
      wanted.map((numbers) => numbers.map(Math.fround)),
      text,
    );
  const quoted = readTable('n,kind\n1,"a ""big"", red\none"\n2,small\n', { target: "kind" });
  assert.deepEqual(quoted.classes, ['a "big", red\none', "small"]);
  const piped = readTable("a|b\n1|2\n3|4\n", { target: "b", delimiter: "|" });
  assert.deepEqual(numbersOf(piped), [
    [1, 3],
    [2, 4],
  ]);
  const commas = readTable('"a;b",c\n1,2\n3,4\n', { target: "c" });
  assert.deepEqual(commas.featureNames, ["a;b"], "a delimiter in quotes does not count");
});

test("readTable() takes the separator from the line that Excel reads, and numbers the lines as an editor does", () => {
  for (const start of ["sep=|\n", "\ufeffsep=|\r\n", '"sep=|"\n', "SEP=| \n"]) {
    const data = readTable(`${start}x|y\n1|5\n3|6\n`, { target: "y" });
    assert.deepEqual(numbersOf(data), [
      [1, 3],
      [5, 6],
    ]);
    assert.throws(() => readTable(`${start}x|y\n1|5\nq|6\n`, { target: "y" }), /line 4, column "x"/);
  }
});

test("readTable() refuses texts in UTF-16, and addresses of files, and says what to give", () => {
  const wide = fileOf("wide.csv", Buffer.from("x,y\n1,2\n3,4\n", "utf16le"));
  assert.throws(() => readTable(wide, { target: "y" }), /wide\.csv is not a text in UTF-8; save it as CSV/);
  assert.throws(() => readTable("file:///tmp/a.csv", { target: "y" }), {
    name: "RangeError",
    message: 'readTable: a file is given by its path, such as "data.csv", got "file:///tmp/a.csv"',
  });
});

test("readTable() reads a file, and calls the data as the file", () => {
  const path = fileOf("fruit.2024.csv", "width,kind\n1,plum\n3,Äpfel\n");
  const data = readTable(path, { target: "kind" });
  assert.deepEqual([data.name, data.classes], ["fruit.2024", ["plum", "Äpfel"]]);
});

type Bad = readonly [text: string, options: unknown, message: string];

const Y = { target: "y" };
const BAD_TABLES: readonly Bad[] = [
  // the lines
  ["\n \n", Y, "the table is empty"],
  ["a,y\n", Y, "the table has names of columns and no rows"],
  [
    "a,y\n1,2\n3\n4,5,6\n",
    Y,
    "line 3 must have 2 cells as the first line has, got 1, and 1 more line of another length",
  ],
  ['a,y\n"1\n\n",2\n3\n', Y, "line 5 must have 2 cells as the first line has, got 1"],
  ['a,y\n1,2\n"3,4\n5,6\n', Y, "line 3: a quote is opened and never closed"],
  [
    'a,y\n1,2\n"3"x,4\n',
    Y,
    'line 3: a closing quote must be the end of its cell; write "" for a quote within quotes',
  ],
  // the delimiter
  [
    "a,b;y\n1,2;3\n",
    Y,
    'the first line has commas and semicolons; say which of them separate columns: delimiter: "," or ";"',
  ],
  [
    "a|y\n1|2\n",
    Y,
    'the first line must name at least two columns, separated by commas, semicolons or tabs, got "a|y"; ' +
      "if another character separates them, give delimiter",
  ],
  [
    "a,y\n1,2\n",
    { ...Y, delimiter: ", " },
    'delimiter must be one character that is not part of numbers, such as ";" or "\\t", got ", "',
  ],
  ["a,y\n1,2\n", { ...Y, delimiter: 3 }, "delimiter must be a text, got 3"],
  // the names
  [
    "5.1,3.5,0\n4.9,3,1\n",
    Y,
    'the first line must name the columns, got the numbers "5.1, 3.5, 0"; put a line of names above them, such as x1,x2,y',
  ],
  ["a,y,a\n1,2,3\n", Y, 'columns must have different names, got "a" twice'],
  [
    "a,,y\n1,2,3\n",
    Y,
    'column 2 must have a name in the first line, got ""; or list the columns to be used as features',
  ],
  ["a,y\n1,2\n", {}, "target must name at least one column (a, y), got undefined"],
  ["a,y\n1,2\n", { target: [] }, "target must name at least one column (a, y), got []"],
  ["a,y\n1,2\n", { target: "Y " }, 'target: unknown column "Y "; did you mean "y"? (a, y)'],
  ["a,y\n1,2\n", { target: 1 }, "target: column must be a name (a, y), got 1"],
  [
    "a,y\n1,2\n",
    { target: ["a", "y"] },
    "target must leave at least one column as a feature, got all of them",
  ],
  ["a,y\n1,2\n", { ...Y, features: ["a", "a"] }, 'features must name each column once, got "a" twice'],
  ["a,y\n1,2\n", { ...Y, features: ["a", "y"] }, 'features must not have the target, got "y"'],
  [
    "height,y\n1,2\n",
    { ...Y, features: ["hight"] },
    'features: unknown column "hight"; did you mean "height"? (height, y)',
  ],
  ["a,y\n1,2\n", { ...Y, features: [] }, "features must name at least one column (a, y), got []"],
  // the cells
  [
    "a,y\n1,2\n,3\n",
    Y,
    'line 3, column "a", has no value (""); fill it in, remove such lines, or leave such columns out by features',
  ],
  [
    "a,b,y\n1,NA,2\n?,1,NaN\nnull,3,4\n",
    Y,
    'line 2, column "b", has no value ("NA"), and 3 more cells have none; fill them in, remove such lines, or leave such columns out by features',
  ],
  [
    "a;y\n1;2\n3,14;4\n",
    Y,
    'line 3, column "a", must be a number, got "3,14"; if all numbers have a decimal comma, give decimal: ","; else write it as a point: 3.14',
  ],
  [
    "a;y\n1,234;2\n3;4\n",
    Y,
    'line 2, column "a", must be a number, got "1,234"; write it with a decimal point and without separators of thousands, as 1234.5',
  ],
  [
    "a\ty\n1 234.5\t2\n3\t4\n",
    Y,
    'line 2, column "a", must be a number, got "1 234.5"; write it with a decimal point and without separators of thousands, as 1234.5',
  ],
  [
    "a;y\n1;2,5\n3;4\n",
    Y,
    'line 2, column "y", must be a number, got "2,5"; if all numbers have a decimal comma, give decimal: ","; else write it as a point: 2.5',
  ],
  [
    "a;y\n1.5;2\n3;4\n",
    { ...Y, decimal: "," },
    'line 2, column "a", must be a number, got "1.5"; write it with a decimal comma and without separators of thousands, as 1234,5',
  ],
  [
    "a;y\n1.234,5;2\n3;4\n",
    { ...Y, decimal: "," },
    'line 2, column "a", must be a number, got "1.234,5"; write it with a decimal comma and without separators of thousands, as 1234,5',
  ],
  ["a;y\n1;2\n3;4\n", { ...Y, decimal: "comma" }, 'decimal must be "." or ",", got "comma"'],
  ["a,y\n−1,2\n", Y, 'line 2, column "a", must be a number, got "−1"; write the minus as -'],
  ["a,y\n1,−2\n3,−4\n", Y, 'line 2, column "y", must be a number, got "−2"; write the minus as -'],
  [
    "a,y\n1,2\n2e39,3\n",
    Y,
    'line 3, column "a", must be a number, got "2e39"; it must fit into single precision, which ends at 3.4e38',
  ],
  [
    "a,y\n1,2\nred,3\n",
    Y,
    'line 3, column "a", must be a number, got "red"; write a number for each text, or leave the column out by features',
  ],
  [
    "a,b,y\n1,2,3\n4,inf,3\n",
    Y,
    'line 3, column "b", must be a number, got "inf"; write a number for each text, or leave the column out by features',
  ],
  [
    "a,y\n1,2\n3,low\n",
    Y,
    'column "y" must hold numbers alone or labels alone, got "2" in line 2 and "low" in line 3; if all are labels, list them as classes',
  ],
  [
    "a,y,z\n1,2,no\n3,4,yes\n",
    { target: ["y", "z"] },
    'line 2, column "z", must be a number, got "no"; write a number for each text, or leave the column out by features',
  ],
  [
    "a,y\n1,yes\n3,yes\n",
    Y,
    'labels must be of at least two classes, got "yes" alone; if there are others, list all as classes',
  ],
  // other options
  ["a,y\n1,1\n2,2\n3,3\n", { ...Y, classes: ["1", "2"] }, 'line 4, column "y": unknown class "3"; (1, 2)'],
  [
    "a,y\n1,yes\n3,ye\n",
    { ...Y, classes: ["no", "yes"] },
    'line 3, column "y": unknown class "ye"; did you mean "yes"? (no, yes)',
  ],
  ["a,y\n1,yes\n3,no\n", { ...Y, classes: "yes" }, 'classes must be an array of different names, got "yes"'],
  [
    "a,y\n1,yes\n3,no\n",
    { ...Y, classes: ["yes", "yes"] },
    'classes must be an array of different names, got "yes" twice',
  ],
  [
    "a,y\n1,2\n3,4\n5,6\n",
    { ...Y, classes: ["no", "yes"] },
    "classes must name labels or two target values, but the targets are other numbers; " +
      'numbers that are labels must be given, or listed, as texts: "1", "2", …',
  ],
  ["a,y\n1,2\n3,4\n", { ...Y, classes: ["no"] }, 'classes must be 2 names, got ["no"]'],
  [
    "a,y\n1,2\n",
    { ...Y, scale: "standart" },
    'unknown scale "standart"; did you mean "standard"? (minMax, standard)',
  ],
  [
    "a,y\n1,2\n",
    { ...Y, header: true },
    'unknown option "header"; (classes, decimal, delimiter, features, name, scale, target)',
  ],
  ["a,y\n1,2\n", { ...Y, name: 5 }, "name must be a text, got 5"],
  [
    "a,y\n1,2\n",
    "y",
    'the options must be an object { target, features, scale, delimiter, decimal, name, classes }, got "y"',
  ],
  // the source
  ["", Y, 'the table must be a path or a text, got ""'],
  [
    "https://example.org/iris.csv",
    Y,
    'no request leaves this machine: save the file, and give its path, got "https://example.org/iris.csv"',
  ],
];

for (const [text, options, message] of BAD_TABLES)
  test(`readTable() refuses ${JSON.stringify(text)} with ${JSON.stringify(options)}: ${message}`, () => {
    assert.throws(() => readTable(text, options as TableOptions), { message: `readTable: ${message}` });
  });

test("readTable() says what is wrong with a file", () => {
  const missing = join(folder, "none.csv");
  const refused: [source: unknown, name: string, message: string][] = [
    [missing, "RangeError", `${missing} does not exist; text instead of a path must have a line break`],
    [folder, "RangeError", `${folder} is a folder`],
    [[1, 2], "TypeError", "the table must be a path or a text, got [1,2]"],
  ];
  for (const bytes of [Buffer.from([0x61, 0x2c, 0xe4, 0x0a]), Buffer.from("\ufeffa,y\n1,2\n", "utf16le")]) {
    const path = fileOf("latin.csv", bytes);
    refused.push([path, "RangeError", `${path} is not a text in UTF-8; save it as CSV with this encoding`]);
    for (const [source, name, message] of refused)
      assert.throws(() => readTable(source as string, Y), { name, message: `readTable: ${message}` });
  }
});

test("readTable() refuses tables that would not fit into memory", () => {
  assert.throws(() => readTable(`a,y\n${"1,2\n".repeat(25_000_000)}`, Y), {
    message: "readTable: a table must have at most 100000000 characters, got 100000004",
  });
});

test("readTable() reads numbers with a decimal comma where decimal says so, and labels beside them", () => {
  const { inputs, targets, task } = readTable("a;b;y\n-1,5;2e-1;0,25\n,5;3,;1\n1,5E2;7;2,5\n", {
    ...Y,
    decimal: ",",
  });
  assert.deepEqual(
    [[...inputs], [...targets], task],
    [[-1.5, Math.fround(0.2), 0.5, 3, 150, 7], [0.25, 1, 2.5], "regression"],
  );
  const labels = readTable("a;y\n1,5;no\n2,5;yes, or no\n", { ...Y, decimal: "," });
  assert.deepEqual(
    [[...labels.inputs], labels.classes],
    [
      [1.5, 2.5],
      ["no", "yes, or no"],
    ],
  );
  const quoted = readTable('a,y\n"1,5",2\n"2,5",3\n', { ...Y, decimal: "," });
  assert.deepEqual([...quoted.inputs], [1.5, 2.5]);
});

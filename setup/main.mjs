#!/usr/bin/env node
// `npm run setup`. An old Node must be able to read this file, so everything newer is loaded after the check.
import { nodeProblem } from "./node-version.mjs";
import { problemText } from "./problem.mjs";

const problem = nodeProblem(process.versions.node);
if (problem) {
  console.error(problemText(problem));
  process.exitCode = 1;
} else {
  import("./steps.mjs")
    .then((steps) => steps.setUp())
    .then((code) => {
      process.exitCode = code;
    });
}

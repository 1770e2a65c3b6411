import { stripVTControlCharacters } from "node:util";
import type { Content } from "./kernelFrames.js";
import type { Execution } from "./kernelSession.js";

/** The text that a cell wrote to a stream until it was idle. */
export function streamed({ outputs }: Pick<Execution, "outputs">, name = "stdout"): string {
  return outputs
    .filter(({ header, content }) => header.msg_type === "stream" && content.name === name)
    .map(({ content }) => content.text)
    .join("");
}

/** The data of a cell's result; undefined if it had none. */
export function result({
  outputs,
}: Pick<Execution, "outputs">): Readonly<Record<string, unknown>> | undefined {
  return outputs.find(({ header }) => header.msg_type === "execute_result")?.content.data;
}

/** The text of a cell's result. */
export const resultText = (execution: Pick<Execution, "outputs">): unknown =>
  result(execution)?.["text/plain"];

/** The errors that a cell showed. */
export function errors({ outputs }: Pick<Execution, "outputs">): Content[] {
  return outputs.filter(({ header }) => header.msg_type === "error").map(({ content }) => content);
}

/** A traceback as it is read: without colours. */
export const tracebackText = ({ traceback = [] }: Content): string =>
  stripVTControlCharacters(traceback.join("\n"));

/** What no traceback for a reader may contain: tslab, node's internals, the launcher, paths of this machine. */
export const FOREIGN =
  /tslab|node:|node_modules|internal\/|src\/kernel|dist\/|evalmachine|\bat (?:\/|file:)|\/(?:home|root|tmp|work|usr|Users)\//;

/** The places that a traceback names in cells, from the innermost out. */
export function places(content: Content): { cell: number; line: number; column: number }[] {
  const found = tracebackText(content).matchAll(/\bcell \[(\d+)\], line (\d+), column (\d+)/g);
  return [...found].map(([, cell, line, column]) => ({
    cell: Number(cell),
    line: Number(line),
    column: Number(column),
  }));
}

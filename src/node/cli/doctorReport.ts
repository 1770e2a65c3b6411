/** What was found out about one thing that xorlab needs, or may use. */
export interface Finding {
  readonly name: string;
  /** ok; problem: something needed does not work; note: all is well, but it could be better */
  readonly state: "ok" | "problem" | "note";
  readonly text: string;
  /** the command that mends it, where there is something to mend */
  readonly cure?: string;
}

const MARKS = { ok: "✓", problem: "✗", note: "–" } as const;
const NAME_WIDTH = 17; // columns, so that the texts stand under each other

/** A finding as a person reads it: one line, and the command that mends it below. */
export function findingText({ name, state, text, cure }: Finding): string {
  const line = `  ${MARKS[state]} ${name.padEnd(NAME_WIDTH)} ${text}\n`;
  return cure === undefined ? line : `${line}${" ".repeat(NAME_WIDTH + 5)}Cure: ${cure}\n`;
}

/** The last line of the page. */
export function summaryText(findings: readonly Finding[]): string {
  const problems = findings.filter(({ state }) => state === "problem");
  if (problems.length === 0) return "All that is needed is there and works.\n";
  if (problems.length === 1) return `One thing needs mending: ${problems[0].name}.\n`;
  const names = problems.map(({ name }) => name).join(", ");
  return `${problems.length} things need mending, best in this order: ${names}.\n`;
}

/** The same for programs. */
export function reportJson(findings: readonly Finding[]): string {
  const ok = findings.every(({ state }) => state !== "problem");
  return `${JSON.stringify({ ok, findings }, null, 2)}\n`;
}

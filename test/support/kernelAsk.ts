import type { KernelSession } from "./kernelSession.js";

// What a front end asks at a mark | in a cell. Positions count code points, as the protocol says.

const points = (text: string): number => [...text].length;
const unmarked = (marked: string) => ({
  code: marked.replace("|", ""),
  cursor_pos: points(marked.slice(0, marked.indexOf("|"))),
});

/** What is offered at the mark, and the text that it would replace. */
export async function offeredAt(kernel: KernelSession, marked: string) {
  const { code, cursor_pos } = unmarked(marked);
  const { content } = await kernel.ask("complete_request", { code, cursor_pos });
  if (content.status !== "ok") throw new Error(JSON.stringify(content));
  const replaced = [...code].slice(content.cursor_start, content.cursor_end).join("");
  return { content, replaced, matches: content.matches ?? [] };
}

/** What is said of the name at the mark. */
export async function saidOf(kernel: KernelSession, marked: string, detail_level = 0) {
  const { content } = await kernel.ask("inspect_request", { ...unmarked(marked), detail_level });
  if (content.status !== "ok") throw new Error(JSON.stringify(content));
  return { found: content.found, text: String(content.data?.["text/plain"] ?? "") };
}

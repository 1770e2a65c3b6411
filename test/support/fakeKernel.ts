import Module from "node:module";
import { join } from "node:path";

/** What a display call of the kernel received. */
export interface Sent {
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly update: boolean;
}

/** Where the real kernel's module lies, for what looks for it in the cache of loaded modules. */
const PATH = join("/somewhere", "node_modules", "tslab", "dist", "jupyter.js");

/** A stand-in for the running kernel's display function; remove() takes it away again. */
export function fakeKernel() {
  const sent: Sent[] = [];
  const write = (
    content: { data: Record<string, unknown>; metadata: object; transient: { display_id: string } },
    update: boolean,
  ): void => {
    sent.push({ id: content.transient.display_id, data: content.data, update });
  };
  const module = new Module(PATH);
  const exported: { lastWriteDisplayData: typeof write | null } = { lastWriteDisplayData: write };
  module.exports = exported;
  require.cache[PATH] = module;
  return {
    sent,
    /** Between cells the kernel has no display function. */
    endCell: () => {
      exported.lastWriteDisplayData = null;
    },
    remove: () => {
      delete require.cache[PATH];
    },
  };
}

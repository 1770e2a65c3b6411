import { fromBase64 } from "../study/parts/base64.js";

/** Scripts that the page carries compressed: gzip in base64, in elements that no browser runs. */

/** The text of a packed script; undefined if the page has none of that name. */
export async function unpacked(name: string): Promise<string | undefined> {
  const packed = document.getElementById(`xorlab-${name}`)?.textContent;
  if (!packed) return undefined;
  return new Response(
    new Blob([fromBase64(packed)]).stream().pipeThrough(new DecompressionStream("gzip")),
  ).text();
}

/** What templates/xorlab/begin.js leaves for an exported page's script. */
interface Begun {
  /** Lets a script of ours run where it stands in a document. */
  readonly nonce: string;
  /** Runs a packed script in the page, once; false if the page has none of that name. */
  run(name: string): Promise<boolean>;
  /** Of an exported page: when main.ts has typeset its equations. */
  ready?: Promise<unknown>;
}

export const page = (): Begun => (window as unknown as { xorlab: Begun }).xorlab;

/** Scripts that the page carries compressed: gzip in base64, in elements that no browser runs. */

/** What lets a script of ours run. */
export const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";

/** The text of a packed script; undefined if the page has none of that name. */
export async function unpacked(name: string): Promise<string | undefined> {
  const packed = document.getElementById(`xorlab-${name}`)?.textContent;
  if (!packed) return undefined;
  const letters = atob(packed);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

/** Runs a packed script in the page; false if the page has none of that name. */
export async function runPacked(name: string): Promise<boolean> {
  const text = await unpacked(name);
  if (text === undefined) return false;
  const script = document.createElement("script");
  script.nonce = nonce;
  script.textContent = text;
  document.head.append(script);
  script.remove();
  return true;
}

/** The worker's script, which stands in the page compressed: as an address from which workers are started. */
export async function unpackedWorker(): Promise<string> {
  const text = document.getElementById("worker")?.textContent ?? "";
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = new Blob([await new Response(unpacked).blob()], { type: "text/javascript" });
  return URL.createObjectURL(script);
}

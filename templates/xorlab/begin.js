// Unpacks the scripts that draw the page, and runs them: "reader" is the page's own, from src/reader/.
window.xorlab = {
  nonce: document.currentScript.nonce,
  // Runs a script once; false if the page has none of that name.
  run: (name) => (window.xorlab.begun[name] ??= window.xorlab.begin(name)),
  begun: {},
  async begin(name) {
    const packed = document.getElementById(`xorlab-${name}`)?.textContent;
    if (!packed) return false;
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const gzip = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const script = document.createElement("script");
    // From an address of their own, browsers compile scripts beside other work.
    script.src = URL.createObjectURL(
      new Blob([await new Response(gzip).blob()], { type: "text/javascript" }),
    );
    await new Promise((resolve, reject) => {
      [script.onload, script.onerror] = [resolve, () => reject(new Error(`${name} did not run`))];
      document.head.append(script);
    });
    URL.revokeObjectURL(script.src);
    script.remove();
    return true;
  },
};
window.xorlab.run("plotly");
window.xorlab.run("reader");

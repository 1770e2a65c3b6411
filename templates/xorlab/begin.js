// Unpacks scripts that the page carries, and runs them; those that draw its figures at once.
window.xorlab = {
  nonce: document.currentScript.nonce,
  // Runs a script once; false if the page has none of that name.
  run: (name) => (window.xorlab.begun[name] ??= window.xorlab.begin(name)),
  begun: {},
  async begin(name) {
    const packed = document.getElementById(`xorlab-${name}`)?.textContent;
    if (!packed) return false;
    const letters = atob(packed);
    const bytes = new Uint8Array(letters.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
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
window.xorlab.run("drawing");

// Unpacks the page's own script and runs it; src/reader/ has it.
(async () => {
  const { nonce } = document.currentScript;
  const letters = atob(document.getElementById("xorlab-reader").textContent);
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  const script = document.createElement("script");
  script.nonce = nonce;
  script.textContent = await new Response(
    new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")),
  ).text();
  document.head.append(script);
})();

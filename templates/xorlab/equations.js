// MathJax reads its settings from this name when it loads.
window.MathJax = {
  tex: {
    inlineMath: [
      ["$", "$"],
      ["\\(", "\\)"],
    ],
    processEscapes: true,
    tags: "ams",
  },
  svg: { displayAlign: "left" },
  startup: { elements: [".jp-RenderedMarkdown", ".jp-RenderedLatex"] },
  options: { enableMenu: false },
};

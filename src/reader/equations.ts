import { page } from "./packed.js";

interface MathJax {
  readonly startup: { readonly promise: Promise<void> };
  typesetPromise(elements: readonly Element[]): Promise<void>;
}

const SETTINGS = {
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

let loading: Promise<MathJax | undefined> | undefined;

/** Typesets the equations of the page as it was written, if it carries MathJax. */
export function typesetWritten(): Promise<MathJax | undefined> {
  loading ??= (async () => {
    const scope = window as unknown as { MathJax: MathJax };
    Object.assign(scope, { MathJax: SETTINGS }); // MathJax reads its settings from its own name
    if (!(await page().run("mathjax"))) return undefined;
    await scope.MathJax.startup.promise;
    return scope.MathJax;
  })();
  return loading;
}

/** Typesets the equations of a new output. */
export async function typeset(element: Element): Promise<void> {
  if (/[$\\]/.test(element.textContent ?? "")) await (await typesetWritten())?.typesetPromise([element]);
}

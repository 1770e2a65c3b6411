import { hashOf, settingsIn } from "./address.js";
import { type CodeCell, createCell } from "./cell.js";
import { typesetWritten } from "./equations.js";
import { unfoldForPrinting } from "./figures.js";
import { createForm } from "./form.js";
import { createKernel } from "./kernel.js";
import { page } from "./packed.js";
import { type Parameter, parametersOf, withLiteral } from "./parameters.js";
import { createRunner } from "./runner.js";
import { createToolbar } from "./toolbar.js";

/** An exported page's script: it typesets the equations, and lets the reader change and run the page. */

/** What the page carries of its notebook. */
interface Carried {
  /** of the code cells */
  readonly sources: readonly string[];
  /** texts of tables by their names */
  readonly files: Readonly<Record<string, string>>;
}

function makeLive({ sources, files }: Carried): void {
  const cells = [...document.querySelectorAll<HTMLElement>(".jp-CodeCell")].map((element, i) =>
    createCell(element, sources[i], i + 1, {
      run() {
        cells[i].unfold();
        void runner.run([cells[i]]);
      },
      changed() {
        runner.changed(cells[i]);
        toolbar.say("Types are not checked here; JupyterLab does that", runner.busy);
        if (cells[i] === settings) showSettings();
      },
    }),
  );
  const toolbar = createToolbar({
    runAll: () => void runner.run(cells),
    stop: () => runner.stop(),
    reset,
    copyLink: () => void copyLink(),
  });
  const kernel = createKernel(files, (busy) => {
    if (!runner.busy) toolbar.say(busy ? "Running for the controls" : "", busy);
  });
  const runner = createRunner(cells, kernel, toolbar.say);
  document.body.prepend(toolbar.element);
  const settings = cells.find(({ element }) => element.classList.contains("celltag_parameters"));
  const written = settings ? parametersOf(settings.source) : [];
  const form = createForm((source) => settings && changeSettings(settings, source));
  const note = Object.assign(document.createElement("p"), { className: "xorlab-note" });
  if (settings && written.length > 0) {
    settings.element.prepend(form.element);
    form.element.after(note);
  }
  showSettings();

  function showSettings(): void {
    if (!settings) return;
    form.show(settings.source);
    const other = hashOf(parametersOf(settings.source), written) !== "";
    note.textContent = other ? "The text around the cells was written for the notebook's own settings." : "";
  }
  function changeSettings(cell: CodeCell, source: string): void {
    cell.source = source;
    runner.changed(cell);
    showSettings();
    setHash(hashOf(parametersOf(source), written));
    void runner.restart(cell);
  }
  function reset(): void {
    runner.end();
    for (const cell of cells) cell.reset();
    showSettings();
    setHash("");
    toolbar.say("", false);
  }
  async function copyLink(): Promise<void> {
    const link = location.href.split("#")[0] + hashOf(parametersOf(settings?.source ?? ""), written);
    const edited = cells.some((cell, i) => cell !== settings && cell.source !== sources[i]);
    const note = edited ? "; it has the settings, but not your changes to the code" : "";
    try {
      await navigator.clipboard.writeText(link);
      toolbar.say(`Link copied${note}`, runner.busy);
    } catch {
      prompt(`Copy this link${note}:`, link);
    }
  }
  /** Takes over settings from the address and runs with them. */
  function followAddress(): void {
    if (!settings) return;
    try {
      const changes = settingsIn(location.hash, written);
      const source = [...changes].reduce((text, [name, literal]) => {
        const parameter = parametersOf(text).find((one: Parameter) => one.name === name);
        return parameter ? withLiteral(text, parameter, literal) : text;
      }, settings.source);
      if (source !== settings.source) changeSettings(settings, source);
    } catch (error) {
      toolbar.say((error as Error).message, runner.busy);
    }
  }
  addEventListener("hashchange", followAddress);
  followAddress();
}

function setHash(hash: string): void {
  history.replaceState(undefined, "", location.href.split("#")[0] + hash);
}

unfoldForPrinting();
const carried = document.getElementById("xorlab-cells")?.textContent;
if (carried) makeLive(JSON.parse(carried));
page().ready = typesetWritten();

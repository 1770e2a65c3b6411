import { hashOf, settingsIn } from "./address.js";
import { createCell } from "./cell.js";
import { make } from "./elements.js";
import { typesetWritten } from "./equations.js";
import { unfoldForPrinting } from "./figures.js";
import { createForm } from "./form.js";
import { createKernel } from "./kernel.js";
import { markColumns } from "./outputs.js";
import { page } from "./packed.js";
import { settingsOf, withSetting } from "./parameters.js";
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

/** The cell that the notebook tags as its settings, and one with new values behind it. */
const SETTINGS = ".celltag_parameters, .celltag_injected-parameters";

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
        if (settings.includes(cells[i])) showSettings();
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
  document.querySelector(".xorlab-bar")?.append(toolbar.element);
  const settings = cells.filter(({ element }) => element.matches(SETTINGS));
  const sourcesNow = () => settings.map(({ source }) => source);
  const written = settingsOf(sourcesNow());
  const form = createForm(changeSettings);
  const note = make("p", { class: "xorlab-note" });
  if (written.length > 0) {
    settings[0].element.prepend(form.element);
    form.element.after(note);
  }
  showSettings();

  function showSettings(): void {
    form.show(sourcesNow());
    const other = hashOf(settingsOf(sourcesNow()), written) !== "";
    note.textContent = other ? "The text around the cells was written for the notebook's own settings." : "";
  }
  function changeSettings(changed: readonly string[]): void {
    const others = settings.filter((cell, i) => cell.source !== changed[i]);
    if (others.length === 0) return;
    for (const [i, cell] of settings.entries()) cell.source = changed[i];
    for (const cell of others) runner.changed(cell);
    showSettings();
    setHash(hashOf(settingsOf(changed), written));
    void runner.restart(others[0]);
  }
  function reset(): void {
    runner.end();
    for (const cell of cells) cell.reset();
    showSettings();
    setHash("");
    toolbar.say("", false);
  }
  async function copyLink(): Promise<void> {
    const link = location.href.split("#")[0] + hashOf(settingsOf(sourcesNow()), written);
    const edited = cells.some((cell, i) => !settings.includes(cell) && cell.source !== sources[i]);
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
    if (settings.length === 0) return;
    try {
      const changes = settingsIn(location.hash, written);
      const changed = [...changes].reduce<readonly string[]>((sources, [name, literal]) => {
        const setting = settingsOf(sources).find((one) => one.name === name);
        return setting ? withSetting(sources, setting, literal) : sources;
      }, sourcesNow());
      changeSettings(changed);
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
for (const pre of document.querySelectorAll(".jp-RenderedText pre")) markColumns(pre);
const contents = document.getElementById("xorlab-contents");
contents?.addEventListener("click", () => contents.hidePopover?.()); // a place was chosen
const carried = document.getElementById("xorlab-cells")?.textContent;
if (carried) makeLive(JSON.parse(carried));
page().ready = typesetWritten();

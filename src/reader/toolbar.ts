import { make } from "./elements.js";

/** The bar at the top of the page. */
export interface Toolbar {
  readonly element: HTMLElement;
  /** Says how things stand; while work goes on, Stop can be pressed. */
  say(text: string, busy: boolean): void;
}

/** What the buttons do. */
export interface Actions {
  readonly runAll: () => void;
  readonly stop: () => void;
  readonly reset: () => void;
  readonly copyLink: () => void;
}

export function createToolbar({ runAll, stop, reset, copyLink }: Actions): Toolbar {
  const button = (text: string, title: string, action: () => void): HTMLButtonElement => {
    const made = make("button", { type: "button", title }, text);
    made.addEventListener("click", action);
    return made;
  };
  const status = make("span", { role: "status" });
  const stopping = button("Stop", "End what runs, with what is done so far", stop);
  const code = button("Hide code", "Show text, settings and results alone", () => {
    const hidden = document.body.classList.toggle("xorlab-no-code");
    code.textContent = hidden ? "Show code" : "Hide code";
  });
  const running = button("Run all", "Run all cells, from the first to the last", runAll);
  running.className = "xorlab-main";
  const element = make(
    "div",
    { class: "xorlab-toolbar", role: "toolbar", "aria-label": "Notebook" },
    ...[running, stopping],
    button("Reset", "Bring back code, settings and results as they were when the page was made", reset),
    button("Copy link", "Copy this page's address with the present settings", copyLink),
    ...[code, status],
  );
  const say = (text: string, busy: boolean): void => {
    stopping.disabled = !busy;
    status.textContent = text;
    element.classList.toggle("xorlab-busy", busy);
  };
  say("", false);
  return { element, say };
}

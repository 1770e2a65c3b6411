import { button, make } from "./elements.js";

/** What the buttons do. */
type Actions = Readonly<Record<"runAll" | "stop" | "reset" | "copyLink", () => void>>;

/** The bar at the top of the page. */
export function createToolbar({ runAll, stop, reset, copyLink }: Actions) {
  const status = make("span", { role: "status" });
  const stopping = button("Stop", stop, { title: "End what runs, with what is done so far" });
  const toggleCode = (): void => {
    const hidden = document.body.classList.toggle("xorlab-no-code");
    code.textContent = hidden ? "Show code" : "Hide code";
  };
  const code = button("Hide code", toggleCode, { title: "Show text, settings and results alone" });
  const written = "Bring back code, settings and results as they were when the page was made";
  const element = make(
    "div",
    { class: "xorlab-toolbar", role: "toolbar", "aria-label": "Notebook" },
    button("Run all", runAll, { class: "xorlab-main", title: "Run all cells, from the first to the last" }),
    ...[stopping, button("Reset", reset, { title: written })],
    button("Copy link", copyLink, { title: "Copy this page's address with the present settings" }),
    ...[code, status],
  );
  /** Says how things stand; while work goes on, Stop can be pressed. */
  const say = (text: string, busy: boolean): void => {
    stopping.disabled = !busy;
    status.textContent = text;
    element.classList.toggle("xorlab-busy", busy);
  };
  say("", false);
  return { element, say };
}

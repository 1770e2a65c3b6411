/** The element with this id; the page's template has it. */
export function byId<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  const found = document.getElementById(id);
  if (!found) throw new Error(`laboratory: the page has no element ${id}`);
  return found as Kind;
}

/** Does what belongs to a key that is pressed on an element; the key then does nothing else. */
export function onKeys(element: HTMLElement, actions: Readonly<Record<string, () => void>>): void {
  element.addEventListener("keydown", (event) => {
    if (!Object.hasOwn(actions, event.key)) return;
    event.preventDefault();
    actions[event.key]();
  });
}

/** The actions of the four arrow keys. */
export const arrows = (go: (across: number, down: number) => void) => ({
  ArrowLeft: () => go(-1, 0),
  ArrowRight: () => go(1, 0),
  ArrowUp: () => go(0, -1),
  ArrowDown: () => go(0, 1),
});

/** The element with this id; the page's template has it. */
export function byId<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  const found = document.getElementById(id);
  if (!found) throw new Error(`laboratory: the page has no element ${id}`);
  return found as Kind;
}

import { marked } from "marked";
import { make } from "./elements.js";

/** Texts from outside as elements: only what is allowed here reaches the page; all else is text or is left out. */

const TAGS = new Set(
  `a abbr b blockquote br caption code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img kbd li
  ol p pre s small span strong sub summary sup table tbody td tfoot th thead tr u ul`.split(/\s+/),
);
const DROPPED = new Set(
  "script style template iframe object embed svg math noscript title textarea".split(" "),
);
const ATTRIBUTES = new Set("alt align class colspan height open rowspan start title width".split(" "));
const ADDRESSES: Readonly<Record<string, RegExp>> = { href: /^(https?:|mailto:|#)/i, src: /^data:image\//i };

/** HTML without anything that acts, loads or changes the page's look. */
export function cleaned(html: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  copyAllowed(new DOMParser().parseFromString(html, "text/html").body, fragment);
  return fragment;
}

function copyAllowed(from: Node, to: Node): void {
  for (const node of from.childNodes) {
    if (node instanceof Text) to.appendChild(document.createTextNode(node.data));
    if (!(node instanceof Element) || DROPPED.has(node.localName)) continue;
    const copy = TAGS.has(node.localName) ? document.createElement(node.localName) : to;
    if (copy instanceof Element) {
      for (const { name, value } of node.attributes)
        if (ATTRIBUTES.has(name) || ADDRESSES[name]?.test(value.trim())) copy.setAttribute(name, value);
      to.appendChild(copy);
    }
    copyAllowed(node, copy);
  }
}

export function markdown(text: string): DocumentFragment {
  return cleaned(marked.parse(text, { async: false }));
}

const COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** Text with the colours that terminals know. */
export function terminalText(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let [bold, colour] = [false, ""];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes begin with one
  for (const [, codes = "", , part] of `\x1b[m${text}`.matchAll(/\x1b\[([\d;]*)([A-Za-z])([^\x1b]*)/g)) {
    for (const code of codes.split(";").map(Number)) {
      if (code === 0) [bold, colour] = [false, ""];
      if (code === 1) bold = true;
      if (code === 39) colour = "";
      if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) colour = COLOURS[code % 10];
    }
    const look = `${bold ? "ansi-bold" : ""} ${colour ? `ansi-${colour}-fg` : ""}`;
    fragment.append(bold || colour ? make("span", { class: look }, part) : part);
  }
  return fragment;
}

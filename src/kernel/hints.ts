import { isBuiltin } from "node:module";
import { PYTHON_NAMES } from "./foreign.js";
import { importHint, nearest } from "./modules/hints.js";

const NO_MODULE = /^Cannot find module (?:or type declarations for side-effect import of )?'([^']+)'/;
const NO_DOM = /Do you need to change your target library\? .* to include 'dom'\.$/;
const TOO_NEW = /Do you need to change your target library\? .* ('\w+') or later\.$/;
const NO_TYPES = /^Cannot find name '(node:[^']+)'\. Do you need to install type definitions for node\?/;
const RETURN = "A 'return' statement can only be used within a function body.";
const REFUSED = /^Type '"([^'"]{1,100})"' is not assignable to type '("[^']*)'\.$/;

/**
 * A compiler's message with what was probably meant: the closest of the allowed texts (TypeScript suggests one only where
 * the two are closer still), a forgotten await, or where an unknown name or module comes from.
 *
 * @param folder  that of the file that the message is about
 */
export function withHint(message: string, folder = process.cwd()): string {
  if (NO_DOM.test(message)) return message.replace(NO_DOM, NO_PAGE);
  if (TOO_NEW.test(message))
    return message.replace(
      TOO_NEW,
      `Node ${process.version} does not have it, or the 'lib' of a tsconfig.json lacks $1.`,
    );
  if (message === RETURN) return `${message} A cell shows its last expression: leave out "return".`;
  const [, untyped] = NO_TYPES.exec(message) ?? [];
  if (untyped !== undefined)
    return isBuiltin(untyped)
      ? `Cells have no types of "${untyped}"; write: const name = require("${untyped}").`
      : `Cannot find module "${untyped}". ${importHint(untyped, folder)}`;
  if (/type 'Promise</.test(message)) return `${message} Did you forget "await"?`;
  const [, module] = NO_MODULE.exec(message) ?? [];
  if (module !== undefined) return `Cannot find module "${module}". ${importHint(module, folder)}`.trimEnd();
  const unknown = /^Cannot find name '([^']+)'\.$/.exec(message)?.[1];
  if (unknown !== undefined) return `${message} ${whereFrom(unknown)}`;
  const [, came, type] = REFUSED.exec(message) ?? [];
  if (type === undefined) return message;
  const allowed = [...type.matchAll(/"([^"]+)"/g)].map(([, name]) => name);
  const near = nearest(came, allowed, Math.max(2, came.length / 3));
  return near === undefined ? message : `${message} Did you mean "${near}"?`;
}

const NO_PAGE = "Cells run in Node, which has no web page.";
const BROWSER = new Set(
  "window localStorage sessionStorage location history screen requestAnimationFrame XMLHttpRequest Image FileReader".split(
    " ",
  ),
);

/** Where an unknown name should probably have come from. */
function whereFrom(name: string): string {
  if (exportedNames().includes(name))
    return `xorlab exports it: import { ${name} } from "xorlab"; or run the cell that imports it.`;
  if (BROWSER.has(name)) return NO_PAGE;
  const instead = Object.hasOwn(PYTHON_NAMES, name) ? PYTHON_NAMES[name] : undefined;
  return instead
    ? `That is Python's; write ${instead}.`
    : "If an earlier cell declares it, run that cell first.";
}

/** What the library exports; loaded only when somebody misses a name. */
function exportedNames(): readonly string[] {
  return Object.keys(require("../index.js"));
}

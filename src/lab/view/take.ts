import { typeScriptOf } from "../code.js";
import { kerasOf } from "../keras.js";
import type { Setting } from "../setting.js";
import { byId } from "./elements.js";

/** The buttons that copy the setting: as a link, and as programs, which are shown too. */
export function makeTake(settingNow: () => Setting) {
  const code = byId<HTMLTextAreaElement>("code");
  const copy = async (text: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      byId("copied").textContent = "Copied.";
    } catch {
      byId("copied").textContent = "Your browser does not allow it: copy it from here, or from the address.";
    }
  };
  const copyCode = (codeOf: (setting: Setting) => string): void => {
    code.value = codeOf(settingNow());
    code.hidden = false;
    void copy(code.value);
  };
  byId("copy-link").addEventListener("click", () => void copy(location.href));
  byId("copy-typescript").addEventListener("click", () => copyCode(typeScriptOf));
  byId("copy-keras").addEventListener("click", () => copyCode(kerasOf));
  const clear = (): void => {
    byId("copied").textContent = "";
    code.hidden = true;
  };
  return { clear };
}

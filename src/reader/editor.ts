import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colour = (name: string) => ({ color: `var(--jp-mirror-editor-${name}-color)` });

/** The colours of the page's own highlighting. */
const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.bool, tags.null, tags.typeName], ...colour("keyword") },
  { tag: [tags.operator, tags.definitionOperator], ...colour("operator") },
  { tag: [tags.punctuation, tags.bracket], ...colour("punctuation") },
  { tag: tags.number, ...colour("number") },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], ...colour("string") },
  { tag: tags.comment, ...colour("comment"), fontStyle: "italic" },
]);

/** An editor for a cell's code. */
export function createEditor(text: string, label: string, changed: () => void, run: () => void) {
  const runs = {
    run: () => {
      run();
      return true;
    },
  };
  const view = new EditorView({
    state: EditorState.create({
      doc: text,
      extensions: [
        ...[history(), indentOnInput(), bracketMatching(), syntaxHighlighting(COLOURS)],
        javascript({ typescript: true }),
        keymap.of([
          ...[
            { key: "Shift-Enter", ...runs },
            { key: "Mod-Enter", ...runs },
          ],
          ...[...defaultKeymap, ...historyKeymap],
        ]),
        EditorView.contentAttributes.of({ "aria-label": label }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed();
        }),
      ],
    }),
  });
  return {
    element: view.dom,
    get text(): string {
      return view.state.doc.toString();
    },
    set text(next) {
      if (next !== this.text)
        view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } });
    },
  };
}

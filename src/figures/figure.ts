/**
 * A Plotly figure: traces, layout and configuration as plain JSON.
 *
 * `layout.title.text` states the finding; `layout.meta.description` says it in a sentence, without markup, for
 * terminals, screen readers and exported pages.
 */
export interface Figure {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly layout: Readonly<Record<string, unknown>> & { readonly meta: { readonly description: string } };
  readonly config: Readonly<Record<string, unknown>>;
  /** What a slider in the layout goes through: named changes of traces and layout. */
  readonly frames?: readonly Readonly<Record<string, unknown>>[];
}

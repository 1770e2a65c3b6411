/** The TypeScript that cells are checked with. */
export type TypeScript = typeof import("typescript-for-cells");

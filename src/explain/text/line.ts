/** A line of text; an inner one belongs to the last before it that is not. */
export interface Line {
  readonly text: string;
  readonly inner: boolean;
}

/** A line that stands for itself. */
export function outer(text: string): Line {
  return { text, inner: false };
}

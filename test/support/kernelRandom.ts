/** Numbers for choosing test cases, the same for each seed on every machine. */
export class RandomSource {
  constructor(private state: number) {}

  /** A whole number ≥ 0 and below the limit. */
  below(limit: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0; // Numerical Recipes, section 7.1
    return Math.floor((this.state / 2 ** 32) * limit);
  }

  /** One of several. */
  choose<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)];
  }
}

/** What the losses did towards the end of a training. */
export interface Trend {
  /** Epochs looked at: the last quarter, at least 8; fewer runs have no trend. */
  readonly epochs: number;
  /** Mean loss of the first and of the second half of them. */
  readonly before: number;
  readonly after: number;
  /** (before − after) / before: by which share the loss fell from one half to the other. */
  readonly fell: number;
  /** Mean change of the loss from an epoch to the next, without sign, as a share of the mean loss. */
  readonly bounce: number;
  /** Whether it still fell: by more than three standard errors of the two means, and a millionth. */
  readonly falling: boolean;
  /** Whether it bounced: by more than 10 % an epoch, without falling. */
  readonly bouncing: boolean;
}

const SHORTEST = 8;
const FALL = 1e-6;
const ERRORS = 3;
const BOUNCE = 0.1;

/** The trend of a history of losses; undefined for fewer than 8 epochs. */
export function trendOf(losses: readonly number[]): Trend | undefined {
  if (losses.length < SHORTEST) return undefined;
  const last = losses.slice(-Math.max(SHORTEST, Math.floor(losses.length / 4)));
  const middle = Math.floor(last.length / 2);
  const [first, second] = [last.slice(0, middle), last.slice(middle)].map(sample);
  const mean = sample(last).mean;
  const fell = first.mean === 0 ? 0 : (first.mean - second.mean) / first.mean;
  const error = Math.sqrt(first.square + second.square);
  const changes = last.slice(1).map((loss, i) => Math.abs(loss - last[i]));
  const bounce = mean === 0 ? 0 : sample(changes).mean / mean;
  const falling = fell > FALL && first.mean - second.mean > ERRORS * error;
  return {
    epochs: last.length,
    ...{ before: first.mean, after: second.mean, fell, bounce, falling },
    bouncing: bounce > BOUNCE && !falling,
  };
}

/** The mean, and the square of its standard error as the changes from one number to the next tell it. */
function sample(numbers: readonly number[]): { mean: number; square: number } {
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const jumps = numbers.slice(1).map((value, i) => (value - numbers[i]) ** 2);
  const variance = jumps.reduce((sum, value) => sum + value, 0) / (2 * Math.max(1, jumps.length)); // von Neumann
  return { mean, square: variance / numbers.length };
}

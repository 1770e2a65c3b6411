import { type Network, parameterCount } from "../network.js";

/** Where things lie in a kernel's memory, in bytes. A cell is one number for each of the four lanes: 16 bytes. */
export const LANES = 4;
export const CELL = 16;

export const GENERATOR = 0; // sfc32's a, b, c and counter
export const LOSS_SUM = 64; // four sums in double precision
export const WRONG = 96; // rows on the wrong side of ½
export const POWERS = 112; // Adam's β₁ᵗ and β₂ᵗ, in double precision
export const FINITE_STEPS = 128; // steps whose loss was finite
export const WEIGHTS = 144;

/** The places that depend on the network. */
export interface Layout {
  readonly parameters: number;
  /** The optimizer's two moving averages, and the gradient. */
  readonly first: number;
  readonly second: number;
  readonly gradient: number;
  /** Values and slopes of the units, layer after layer, and the row's inputs. */
  readonly values: number;
  readonly slopes: number;
  readonly inputs: number;
  /** The rows: packed bits in the order of the epoch, or an order followed by the numbers. */
  readonly rows: number;
}

export function layoutOf(network: Network): Layout {
  const parameters = parameterCount(network);
  const units = network.layers.reduce((sum, layer) => sum + layer.units, 0);
  const first = WEIGHTS + parameters * CELL;
  const second = first + parameters * CELL;
  const gradient = second + parameters * CELL;
  const values = gradient + parameters * CELL;
  const slopes = values + units * CELL;
  const inputs = slopes + units * CELL;
  return {
    parameters,
    first,
    second,
    gradient,
    values,
    slopes,
    inputs,
    rows: inputs + network.inputs * CELL,
  };
}

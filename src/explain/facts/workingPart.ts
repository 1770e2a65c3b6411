import type { Network } from "../../engine/network.js";
import { drawsOneLine } from "./separable.js";
import type { UnitState } from "./units.js";

/** What of a network is at work on the data, in its present state. */
export interface Working {
  /** Units of each hidden layer that are neither constant nor copies of others. */
  readonly units: readonly number[];
  /** Whether all that is left can only draw one line (plane, …) between the classes. */
  readonly oneLine: boolean;
  /** Dead units of the first hidden layer, whose inputs never change: on all data their gradient is exactly zero. */
  readonly deadForGood: number;
  /** The first hidden layer all of whose units are dead for good, so that nothing passes; if any. */
  readonly deadLayer: number | undefined;
  /** Whether what the dead units leave behind can, whatever is learned, only draw one line. */
  readonly oneLineForGood: boolean;
}

/**
 * What of a network is at work.
 *
 * @param units  the states of its hidden units on the training rows and the judged rows together
 */
export function workingPart(network: Network, units: readonly (readonly UnitState[])[]): Working {
  const working = units.map(
    (layer) => layer.filter((unit) => !unit.constant && unit.duplicateOf === undefined).length,
  );
  const nonlinear = units.map((layer) => layer.some((unit) => !unit.linear && !unit.constant));
  const deadLayer = units.findIndex((layer) => layer.every((unit) => unit.deadForGood));
  const deadForGood = units.length === 0 ? 0 : units[0].filter((unit) => unit.deadForGood).length;
  const reduced = (left: (layer: number) => number): boolean => reducedDrawsOneLine(network, left);
  return {
    units: working,
    deadForGood,
    deadLayer: deadLayer < 0 ? undefined : deadLayer,
    oneLine: reduced((l) => (nonlinear[l] ? Math.max(1, working[l]) : 1)),
    oneLineForGood:
      deadLayer >= 0 ||
      (deadForGood > 0 &&
        reduced((l) =>
          l === 0 ? Math.max(1, network.layers[0].units - deadForGood) : network.layers[l].units,
        )),
  };
}

/** Whether a network with so many units left in each hidden layer can only draw one line. */
export function reducedDrawsOneLine(network: Network, left: (layer: number) => number): boolean {
  const last = network.layers.length - 1;
  return drawsOneLine({
    ...network,
    layers: network.layers.map((layer, l) => (l < last ? { ...layer, units: left(l) } : layer)),
  });
}

/** An npm package to unpack: its place below .native and what package-lock.json says of it. */
export interface LockedPackage {
  /** such as "node_modules/@mapbox/node-pre-gyp/node_modules/debug" */
  readonly place: string;
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
}

/** The part of package-lock.json that is read. */
export type Lock = Readonly<
  Record<
    string,
    {
      readonly version?: string;
      readonly integrity?: string;
      readonly dependencies?: Readonly<Record<string, string>>;
      readonly optionalDependencies?: Readonly<Record<string, string>>;
    }
  >
>;

const SHARED = "node_modules/@tensorflow/tfjs"; // the checkout's own serves both backends
const PLACE = "node_modules/";

/**
 * tfjs-node and all that it needs, as package-lock.json pins it, without TensorFlow.js itself.
 *
 * @param packages  the "packages" of package-lock.json
 * @param start     the package to begin with, by its place
 * @throws Error if the lock does not name them all
 */
export function lockedClosure(packages: Lock, start = "node_modules/@tensorflow/tfjs-node"): LockedPackage[] {
  const found = new Map<string, LockedPackage>();
  const visit = (place: string): void => {
    if (found.has(place) || place === SHARED) return;
    const { version, integrity, dependencies, optionalDependencies } = packages[place] ?? {};
    if (version === undefined || integrity === undefined)
      throw new Error(
        `xorlab native: package-lock.json does not pin ${place}\n  Cure: git checkout package-lock.json`,
      );
    const name = place.slice(place.lastIndexOf(PLACE) + PLACE.length);
    found.set(place, { place, name, version, integrity });
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies }))
      visit(placeOf(packages, place, needed));
  };
  visit(start);
  return [...found.values()];
}

/** Where Node finds a package from another one's place: in its own node_modules, then in those above. */
function placeOf(packages: Lock, from: string, name: string): string {
  for (let at = from; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf(PLACE) - 1))) {
    const inside = `${at}/${PLACE}${name}`;
    if (packages[inside]) return inside;
  }
  return `${PLACE}${name}`;
}

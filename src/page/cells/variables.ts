/** The variables of a notebook, which its cells declare, and of which each name has one value at a time. */
export interface Variables {
  /** Reads and sets them by their names; an unknown name is that of a global, or a ReferenceError. */
  readonly kept: Readonly<Record<string, unknown>>;
  /**
   * Begins a cell. Its names that were unknown so far cannot be read before they have a value; others keep their old value
   * until then.
   *
   * @returns an object whose setters give the names their first values
   */
  begin(declared: readonly Declared[]): Record<string, unknown>;
  /** Ends a cell: names that got no value are unknown again. */
  end(): void;
}

/** A name that a cell declares at its top. */
export interface Declared {
  readonly name: string;
  readonly kind: "const" | "let" | "var" | "function" | "class" | "import";
}

/** Whether a variable cannot be set after its declaration. */
export function isConstant({ kind }: Pick<Declared, "kind">): boolean {
  return kind === "const" || kind === "import";
}

export function createVariables(): Variables {
  const kept: Record<string, unknown> = Object.create(GLOBALS); // its own properties are the variables
  const define = (name: string, property: PropertyDescriptor): void => {
    Object.defineProperty(kept, name, { enumerable: true, configurable: true, ...property });
  };
  return {
    kept,
    begin(declared) {
      const setters: PropertyDescriptorMap = {};
      for (const { name, kind } of declared) {
        const writable = !isConstant({ kind });
        setters[name] = { set: (value) => define(name, { value, writable }) };
        if (kind === "var") define(name, { value: undefined, writable });
        else if (!Object.hasOwn(kept, name)) define(name, tooEarly(name));
      }
      return Object.create(null, setters);
    },
    end() {
      for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(kept)))
        if (get) delete kept[name];
    },
  };
}

/** What a name has until its declaration is reached. */
function tooEarly(name: string): PropertyDescriptor {
  const fail = (): never => {
    throw new ReferenceError(`Cannot access '${name}' before initialization`);
  };
  return { get: fail, set: fail };
}

/** A prototype that gives names which are no variables the meaning they have outside of cells. */
const GLOBALS = new Proxy(Object.create(null), {
  has: (_, name) => name in globalThis,
  get: (_, name) => (name in globalThis ? Reflect.get(globalThis, name) : unknown(name)),
  set: (_, name, value) => (name in globalThis ? Reflect.set(globalThis, name, value) : unknown(name)),
});

function unknown(name: string | symbol): never {
  throw new ReferenceError(`${String(name)} is not defined`);
}

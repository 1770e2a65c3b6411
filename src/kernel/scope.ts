const NAMES_ON_A_PAGE = 100; // V8 makes a slow hash table of an object that gets more than 128 properties

/** A page inherits nothing: variables may be called `constructor` or `__proto__`. V8 would hash Object.create(null). */
const Page = function Page() {} as unknown as new () => Record<string, unknown>;
Page.prototype = Object.create(null);

export type Scope = ReturnType<typeof createScope>;

/**
 * Where the variables of all cells are: each is a property of a page, which is a plain object, and code refers to it as such,
 * so every function of every cell sees the same variable.
 */
export function createScope() {
  const pages: Record<string, unknown>[] = [];
  const numbers = new Map<string, number>();
  /** A variable's value, if it has been declared. */
  const find = (name: string): { readonly value: unknown } | undefined => {
    const page = pages[numbers.get(name) ?? -1];
    return page && name in page ? { value: page[name] } : undefined;
  };
  /** All variables, as properties of one object. */
  const all: object = new Proxy(Object.create(null), {
    has: (_, name) => find(name as string) !== undefined,
    get: (_, name) => find(name as string)?.value,
    set: (_, name, value) => Reflect.set(pages[numbers.get(name as string) ?? -1], name, value),
  });
  return {
    all,
    find,
    /** The number of a variable's page, the same for ever. */
    pageOf(name: string): number {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      if (numbers.size === pages.length * NAMES_ON_A_PAGE) pages.push(new Page());
      numbers.set(name, pages.length - 1);
      return pages.length - 1;
    },
    page: (number: number) => pages[number],
  };
}

/** How a page is called in a cell's code. */
export const pageName = (number: number): string => `__cells${number}__`;

const CALLED = /\(0 , (__cells\d+__\.[^()]*)\)/g;
const PAGE = /__cells\d+__\./g;

/** A message of V8 that quotes a cell's code, with the variables as the cell has them. */
export function withoutPages(text: string): string {
  return text.includes("__cells") ? text.replace(CALLED, "$1").replace(PAGE, "") : text;
}

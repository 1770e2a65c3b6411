/**
 * What the thread of the sockets has to know of the main thread while that one is busy and cannot say it: a few numbers
 * in memory that both see.
 */
export interface Alarm {
  /** How many interrupts the main thread has taken note of. */
  readonly noticed: () => number;
  readonly notice: (count: number) => void;
  /** Whether the main thread runs code that must not be torn off: the compiler's. */
  readonly guarded: () => boolean;
  readonly guard: <Result>(work: () => Result) => Result;
  /** Whether somebody else than the kernel listens for interrupts: a library that ends its work in good order. */
  readonly attended: () => boolean;
  readonly attend: (attended: boolean) => void;
  /** What ran in the main thread was broken off, in the middle of whatever it did. */
  readonly breakOff: () => void;
  /** Whether that has happened since this was last asked. */
  readonly brokenOff: () => boolean;
  readonly memory: SharedArrayBuffer;
}

const [NOTICED, GUARDED, ATTENDED, BROKEN] = [0, 1, 2, 3];

/** An alarm over shared memory; a new one without. */
export function alarmOver(memory = new SharedArrayBuffer(4 * Int32Array.BYTES_PER_ELEMENT)): Alarm {
  const cells = new Int32Array(memory);
  return {
    memory,
    noticed: () => Atomics.load(cells, NOTICED),
    notice: (count) => void Atomics.store(cells, NOTICED, count),
    guarded: () => Atomics.load(cells, GUARDED) > 0,
    guard: (work) => {
      Atomics.add(cells, GUARDED, 1);
      try {
        return work();
      } finally {
        Atomics.sub(cells, GUARDED, 1);
      }
    },
    attended: () => Atomics.load(cells, ATTENDED) > 0,
    attend: (attended) => void Atomics.store(cells, ATTENDED, attended ? 1 : 0),
    breakOff: () => void Atomics.store(cells, BROKEN, 1),
    brokenOff: () => Atomics.exchange(cells, BROKEN, 0) > 0,
  };
}

/**
 * What the sockets' thread must know of the main thread while that is busy and cannot send a message: a few numbers in
 * shared memory.
 */
export interface Alarm {
  /** How many interrupts have come. */
  readonly arrived: () => number;
  readonly arrive: () => void;
  /** How many of them the main thread has noticed. */
  readonly noticed: () => number;
  readonly notice: (count: number) => void;
  /** Whether the main thread runs code that must not be broken off: the compiler's. */
  readonly guarded: () => boolean;
  readonly guard: <Result>(work: () => Result) => Result;
  /** Whether a library listens for interrupts, to end its work and keep its results. */
  readonly attended: () => boolean;
  readonly attend: (attended: boolean) => void;
  /** Notes that the code in the main thread is broken off, in the middle of whatever it does. */
  readonly breakOff: () => void;
  /** Whether that has happened since the last call. */
  readonly brokenOff: () => boolean;
  readonly memory: SharedArrayBuffer;
}

const [NOTICED, GUARDED, ATTENDED, BROKEN, ARRIVED] = [0, 1, 2, 3, 4];

/** @param memory  of the other thread's alarm; new memory without it */
export function alarmOver(memory = new SharedArrayBuffer(5 * Int32Array.BYTES_PER_ELEMENT)): Alarm {
  const cells = new Int32Array(memory);
  return {
    memory,
    arrived: () => Atomics.load(cells, ARRIVED),
    arrive: () => void Atomics.add(cells, ARRIVED, 1),
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

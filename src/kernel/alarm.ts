import { randomInt } from "node:crypto";

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
  /** The number of the process that the main thread waits for; 0 for none. */
  readonly spawning: () => number;
  readonly spawn: <Result>(work: (number: number) => Result) => Result;
  /** A number that no other kernel has. */
  readonly mark: () => number;
  /** How often the main thread was woken. */
  readonly woken: () => number;
  /** Lets the main thread sleep until it is woken again, or for some milliseconds. */
  readonly sleep: (woken: number, most: number) => void;
  readonly wake: () => void;
  /** Notes that the kernel is to end. */
  readonly end: () => void;
  readonly ended: () => boolean;
  readonly memory: SharedArrayBuffer;
}

const [NOTICED, GUARDED, ATTENDED, BROKEN, ARRIVED, SPAWNING, SPAWNED, WOKEN, ENDED, MARK] = Array.from(
  { length: 10 },
  (_, place) => place,
);

/** @param memory  of the other thread's alarm; new memory without it */
export function alarmOver(memory = newMemory()): Alarm {
  const cells = new Int32Array(memory);
  const wake = (): void => {
    Atomics.add(cells, WOKEN, 1);
    Atomics.notify(cells, WOKEN);
  };
  return {
    memory,
    arrived: () => Atomics.load(cells, ARRIVED),
    arrive() {
      Atomics.add(cells, ARRIVED, 1);
      wake();
    },
    noticed: () => Atomics.load(cells, NOTICED),
    notice: (count) => void Atomics.store(cells, NOTICED, count),
    guarded: () => Atomics.load(cells, GUARDED) > 0,
    guard(work) {
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
    spawning: () => Atomics.load(cells, SPAWNING),
    spawn(work) {
      const number = Atomics.add(cells, SPAWNED, 1) + 1;
      Atomics.store(cells, SPAWNING, number);
      try {
        return work(number);
      } finally {
        Atomics.store(cells, SPAWNING, 0);
      }
    },
    mark: () => Atomics.load(cells, MARK),
    woken: () => Atomics.load(cells, WOKEN),
    sleep: (woken, most) => void Atomics.wait(cells, WOKEN, woken, most),
    wake,
    end() {
      Atomics.store(cells, ENDED, 1);
      wake();
    },
    ended: () => Atomics.load(cells, ENDED) > 0,
  };
}

function newMemory(): SharedArrayBuffer {
  const memory = new SharedArrayBuffer((MARK + 1) * Int32Array.BYTES_PER_ELEMENT);
  new Int32Array(memory)[MARK] = randomInt(2 ** 31);
  return memory;
}

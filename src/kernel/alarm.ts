import { randomInt } from "node:crypto";

const [NOTICED, GUARDED, ATTENDED, BROKEN, ARRIVED, SPAWNING, SPAWNED, WOKEN, ENDED, MARK] = Array.from(
  { length: 10 },
  (_, place) => place,
);

export type Alarm = ReturnType<typeof alarmOver>;

/**
 * What the sockets' thread must know of the main thread while that is busy and cannot send a message: a few numbers in
 * shared memory.
 *
 * @param memory  of the other thread's alarm; new memory without it
 */
export function alarmOver(memory = newMemory()) {
  const cells = new Int32Array(memory);
  const wake = (): void => {
    Atomics.add(cells, WOKEN, 1);
    Atomics.notify(cells, WOKEN);
  };
  return {
    memory,
    /** How many interrupts have come. */
    arrived: () => Atomics.load(cells, ARRIVED),
    arrive() {
      Atomics.add(cells, ARRIVED, 1);
      wake();
    },
    /** How many of them the main thread has noticed. */
    noticed: () => Atomics.load(cells, NOTICED),
    notice: (count: number) => void Atomics.store(cells, NOTICED, count),
    /** Whether one has come that the main thread has not noticed. */
    rings: () => Atomics.load(cells, ARRIVED) !== Atomics.load(cells, NOTICED),
    /** Whether the main thread runs code that must not be broken off: the compiler's. */
    guarded: () => Atomics.load(cells, GUARDED) > 0,
    guard<Result>(work: () => Result): Result {
      Atomics.add(cells, GUARDED, 1);
      try {
        return work();
      } finally {
        Atomics.sub(cells, GUARDED, 1);
      }
    },
    /** Whether a library listens for interrupts, to end its work and keep its results. */
    attended: () => Atomics.load(cells, ATTENDED) > 0,
    attend: (attended: boolean) => void Atomics.store(cells, ATTENDED, Number(attended)),
    /** Notes that the code in the main thread is broken off, in the middle of whatever it does. */
    breakOff: () => void Atomics.store(cells, BROKEN, 1),
    /** Whether that has happened since the last call. */
    brokenOff: () => Atomics.exchange(cells, BROKEN, 0) > 0,
    /** The number of the process that the main thread waits for; 0 for none. */
    spawning: () => Atomics.load(cells, SPAWNING),
    spawn<Result>(work: (number: number) => Result): Result {
      const number = Atomics.add(cells, SPAWNED, 1) + 1;
      Atomics.store(cells, SPAWNING, number);
      try {
        return work(number);
      } finally {
        Atomics.store(cells, SPAWNING, 0);
      }
    },
    /** A number that no other kernel has. */
    mark: () => Atomics.load(cells, MARK),
    /** How often the main thread was woken. */
    woken: () => Atomics.load(cells, WOKEN),
    /** Lets the main thread sleep until it is woken again, or for some milliseconds. */
    sleep: (woken: number, most: number) => void Atomics.wait(cells, WOKEN, woken, most),
    wake,
    /** Notes that the kernel is to end. */
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

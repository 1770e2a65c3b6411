import { MessageChannel } from "node:worker_threads";

const { port1: out, port2: back } = new MessageChannel();
const waiting: (() => void)[] = [];
back.on("message", () => waiting.shift()?.());
back.unref();

/**
 * Does work in a turn of its own, after the promises of this one.
 *
 * Not by setImmediate: Node's list of immediates does not survive that one of them is broken off, as Stop does with an
 * endless loop. A port's messages do.
 */
export function inTurn(work: () => void): void {
  waiting.push(work);
  out.postMessage(0);
}

export function nextTurn(): Promise<void> {
  return new Promise((resolve) => inTurn(resolve));
}

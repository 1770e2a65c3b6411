import { ChildProcess } from "node:child_process";
import crypto from "node:crypto";
import { Socket as Datagrams } from "node:dgram";
import dns from "node:dns";
import { EventEmitter } from "node:events";
import fs from "node:fs";
import { Server } from "node:net";
import stream, { Stream } from "node:stream";
import { BroadcastChannel, MessagePort, Worker } from "node:worker_threads";
import { type Cell, currentCell, forMoment } from "./cell.js";
import { patch } from "./patch.js";

type Listener = ((...given: unknown[]) => unknown) & { readonly listener?: unknown };

/**
 * Makes listeners of streams, servers, threads, processes and watchers, and the callbacks of Node's functions, remember the cell
 * that has added them. Listeners of other emitters are as functions that are called: they belong to the cell that emits.
 */
export function followListeners(): void {
  const { prototype } = EventEmitter;
  patch<EventEmitter>(prototype, ["on", "prependListener"], (add, [event, listener], emitter) => {
    const cell = currentCell();
    const isFollowed = cell && typeof listener === "function" && comesFromOutside(emitter);
    return add(event, isFollowed ? following(cell, listener as Listener, event as string) : listener);
  });
  prototype.addListener = prototype.on;
  followErrors();
  followTargets();
  for (const module of [fs, crypto, dns, stream]) followCallbacks(module);
}

/** No functions with a callback: classes; those that add a listener, and find it again; `compose()`, which takes any function. */
const OTHERS = /^([A-Z_]|create|watch|unwatch|compose)|Sync$/;

/** Functions that take a callback as their last argument. Getters are left alone: some load what few cells need. */
function followCallbacks(module: object): void {
  const names = Object.entries(Object.getOwnPropertyDescriptors(module))
    .filter(([name, { value, writable }]) => typeof value === "function" && writable && !OTHERS.test(name))
    .map(([name]) => name);
  patch(module, names, (call, given) => {
    const [cell, callback] = [currentCell(), given.at(-1)];
    const isFollowed = cell && typeof callback === "function";
    return call(...(isFollowed ? [...given.slice(0, -1), following(cell, callback as Listener)] : given));
  });
}

/** An error for which nobody listens belongs to the cell that made the emitter. Node calls `init` for each new one. */
function followErrors(): void {
  const makers = new WeakMap<EventEmitter, Cell>();
  patch<EventEmitter>(EventEmitter, ["init"], (init, [options], emitter) => {
    const cell = currentCell();
    if (cell && comesFromOutside(emitter)) makers.set(emitter, cell);
    return init(options);
  });
  patch<EventEmitter>(EventEmitter.prototype, ["emit"], (emit, given, emitter) => {
    const cell = given[0] === "error" && comesFromOutside(emitter) ? makers.get(emitter) : undefined;
    return cell ? forMoment(cell, () => emit(...given)) : emit(...given);
  });
}

/** Listeners of those `EventTarget`s to which threads and servers speak; the events of others are dispatched by cells. */
function followTargets(): void {
  const followed = new WeakMap<object, WeakMap<object, Listener>>(); // by target and listener
  const known = (target: object, listener: unknown): unknown =>
    followed.get(target)?.get(listener as object) ?? listener;
  patch<object>(EventTarget.prototype, ["addEventListener"], (add, [type, listener, options], target) => {
    const cell = currentCell();
    if (cell && isObject(listener) && speaksFromOutside(target)) {
      const heard = listener as { handleEvent(event: unknown): unknown };
      const hear = typeof listener === "function" ? listener : (event: unknown) => heard.handleEvent(event);
      const here = followed.get(target) ?? new WeakMap<object, Listener>();
      followed.set(target, here.set(listener, here.get(listener) ?? following(cell, hear as Listener)));
    }
    return add(type, known(target, listener), options);
  });
  patch<object>(EventTarget.prototype, ["removeEventListener"], (remove, [type, listener, options], target) =>
    remove(type, known(target, listener), options),
  );
}

const isObject = (value: unknown): value is object => Object(value) === value;

const speaksFromOutside = (target: object): boolean =>
  target instanceof MessagePort ||
  target instanceof BroadcastChannel ||
  Object.prototype.toString.call(target) === "[object WebSocket]"; // to ask for its class would load it

const OUTSIDE = [Stream, Server, ChildProcess, Worker, Datagrams];

/**
 * Whether Node emits the events, not a cell's own code. Watchers have no class of their own that is known, but a handle;
 * process.stdin is of all cells, and is read while they run.
 */
function comesFromOutside(emitter: object): boolean {
  if (emitter === process.stdin) return false;
  return OUTSIDE.some((kind) => emitter instanceof kind) || "_handle" in emitter;
}

const followers = new WeakSet<Listener>();

/** A listener by whose `listener` Node's own functions find it again, to remove it. */
function following(cell: Cell, listener: Listener, event?: string): Listener {
  if (followers.has(listener)) return listener;
  const isOnce = event !== undefined && listener.listener !== undefined; // Node's, which takes away itself alone
  const follower = function (this: EventEmitter, ...given: unknown[]): unknown {
    if (isOnce) this.removeListener(event, follower);
    return forMoment(cell, () => Reflect.apply(listener, this, given));
  };
  const named = { name: { value: listener.name }, listener: { value: listener.listener ?? listener } };
  followers.add(follower);
  return Object.defineProperties(follower, named) as Listener;
}

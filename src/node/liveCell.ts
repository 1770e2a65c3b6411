import type { MimeBundle } from "../display.js";
import { CONTROLS_TYPE } from "../interact/controls.js";
import type { Captured, Live } from "../platform.js";

/** A cell in our kernel, which outlives its end: through what the kernel offers to libraries, the global `jupyter`. */

/** The part of src/kernel/cellGlobals.ts that we need; other kernels have none of it. */
interface Kernel {
  readonly comms: {
    register(target: string, handler: (comm: Comm, message: Opening) => unknown): () => void;
  };
  cell(): {
    readonly session: string;
    later(work: () => Promise<void>): { readonly done: Promise<void>; stop(): void };
    capture<Result>(
      take: (type: string, content: Content) => void,
      work: () => Result | Promise<Result>,
    ): Promise<Result>;
    hold(promise: Promise<unknown>): void;
    onReplaced(callback: () => void): void;
  };
  traceback(error: unknown): string;
  bundle(value: unknown): Promise<MimeBundle | undefined>;
}

interface Opening {
  readonly data: unknown;
  readonly session: string;
}

interface Comm {
  send(data: unknown): void;
  close(): void;
  onMessage(handler: (message: { readonly data: unknown }) => unknown): void;
  onClose(handler: () => unknown): void;
}

type Content = Readonly<Record<string, unknown>>;

/** Controls that somebody may use, by their ids. */
interface Connected {
  /** The front end's session in which they are drawn: in a page that was loaded again the outputs do not change. */
  readonly session: string;
  readonly change: (values: unknown) => void;
  readonly comms: Set<Comm>;
  busy: boolean;
}

const connections = new Map<string, Connected>();
let count = 0;

/** Undefined where the kernel is not ours. */
export function liveCell(): (() => Live) | undefined {
  const kernel = (globalThis as { jupyter?: Partial<Kernel> }).jupyter;
  return typeof kernel?.cell === "function" ? () => liveIn(kernel as Kernel) : undefined;
}

function liveIn(kernel: Kernel): Live {
  const cell = kernel.cell();
  return {
    later: (work) => cell.later(work),
    capture: (take, work) => cell.capture((type, content) => passOn(take, type, content), work),
    hold: (promise) => cell.hold(promise),
    bundle: kernel.bundle,
    errorText: kernel.traceback,
    onReplaced: (callback) => cell.onReplaced(callback),
    connect(change) {
      if (connections.size === 0) kernel.comms.register(CONTROLS_TYPE, answerControls);
      count += 1;
      const id = `${process.pid}-${Date.now()}-${count}`;
      const connected: Connected = { session: cell.session, change, comms: new Set(), busy: false };
      connections.set(id, connected);
      return {
        id,
        working(busy) {
          connected.busy = busy;
          for (const comm of connected.comms) comm.send({ busy });
        },
        end() {
          connections.delete(id);
          for (const comm of connected.comms) comm.close();
          connected.comms.clear();
        },
      };
    },
  };
}

/** Controls say which they are as soon as they are drawn; those that are unknown are told so by the end of their comm. */
function answerControls(comm: Comm, { data, session }: Opening): void {
  const { id } = (data ?? {}) as { id?: unknown };
  const connected = typeof id === "string" ? connections.get(id) : undefined;
  if (connected?.session !== session) {
    comm.close();
    return;
  }
  connected.comms.add(comm);
  comm.send({ busy: connected.busy });
  comm.onMessage((message) => connected.change((message.data as { values?: unknown } | null)?.values));
  comm.onClose(() => connected.comms.delete(comm));
}

/** One of Jupyter's messages as the library knows it. */
function passOn(take: (shown: Captured) => void, type: string, content: Content): void {
  const bundle = content.data as MimeBundle;
  const id = (content.transient as { display_id?: unknown } | undefined)?.display_id;
  if (type === "stream") take({ kind: "text", text: String(content.text) });
  else if (type === "display_data") take({ kind: "display", id, bundle });
  else if (type === "update_display_data") take({ kind: "update", id, bundle });
  else take({ kind: "clear" });
}

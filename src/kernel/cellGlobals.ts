/**
 * The global names that cells have beside JavaScript's and Node's. The checker of cells reads the declarations of this file;
 * input.ts and library.ts set the values.
 */

/** What a message may carry beside its content. */
export interface MessageExtras {
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Binary data, as comms of widgets send it. */
  readonly buffers?: readonly Uint8Array[];
}

/** What the other end of a comm has sent. */
export interface CommMessage {
  readonly data: unknown;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
  /** The front end's session that sent it: a page that is loaded again has another. */
  readonly session: string;
}

/** A line of messages between the kernel and a part of the front end, such as a widget. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  send(data: unknown, extras?: MessageExtras): void;
  /** Closes it at both ends. */
  close(data?: unknown, extras?: MessageExtras): void;
  /** Calls back with each message. What the handler prints, and its errors, appear under the cell that calls this. */
  onMessage(handler: (message: CommMessage) => unknown): void;
  /** Calls back when the front end has closed it. */
  onClose(handler: (message: CommMessage) => unknown): void;
}

/** Comms between cells and the front end. */
export interface Comms {
  /**
   * Lets the front end open comms to a target. What the handler prints, and its errors, appear under the cell that calls this.
   *
   * @returns ends it
   */
  register(target: string, handler: (comm: Comm, message: CommMessage) => unknown): () => void;
  /** Opens a comm to a target that the front end knows, such as "jupyter.widget". */
  open(target: string, data?: unknown, extras?: MessageExtras & { readonly id?: string }): Comm;
}

/** The cell in which `jupyter.cell()` was called, also after its end. */
export interface CellHandle {
  /** The front end's session that ran it: displays are updated there, and nowhere else. */
  readonly session: string;
  /**
   * Does work as if the cell did it, when no cell runs: what it prints appears there, and Stop ends it.
   *
   * @returns `done`, which fails with what the work throws, or with a KeyboardInterrupt; `stop()` ends it early
   */
  later<Result>(work: () => Result | Promise<Result>): { readonly done: Promise<Result>; stop(): void };
  /**
   * Does work, at once, and takes what is printed and shown meanwhile: messages of the types "stream", "display_data",
   * "update_display_data" and "clear_output", as Jupyter defines them.
   */
  capture<Result>(
    take: (type: string, content: Readonly<Record<string, unknown>>) => void,
    work: () => Result | Promise<Result>,
  ): Promise<Result>;
  /** The cell that runs is not over before this promise is settled, and fails with it, also where its code does not await it. */
  hold(promise: Promise<unknown>): void;
  /** Calls back once, when the cell runs again or is deleted, where the front end says so. */
  onReplaced(callback: () => void): void;
}

/** What the kernel offers to cells, and to libraries that run in them. */
export interface Jupyter {
  /** Sends any message to all front ends, with the cell that runs as its parent: Deno's convention. */
  broadcast(type: string, content: Readonly<Record<string, unknown>>, extras?: MessageExtras): Promise<void>;
  readonly comms: Comms;
  cell(): CellHandle;
  /**
   * Asks the person at the front end, and waits for the answer.
   *
   * @param options.password  hides what is typed
   * @throws StdinNotImplementedError where the front end gives no input
   */
  input(text: string, options?: { readonly password?: boolean }): string;
  /** An error as cells show it, with the lines of the cells that lead there. */
  traceback(error: unknown): string;
  /** A value in the formats in which a cell would show it; undefined if it would show nothing. */
  bundle(value: unknown): Promise<Readonly<Record<string, unknown>> | undefined>;
}

declare global {
  /**
   * Asks the person at the front end for a text, and waits for it.
   *
   * @param initial  what an empty answer stands for
   * @throws StdinNotImplementedError where the front end gives no input, as while nbconvert runs a notebook
   */
  function prompt(message?: string, initial?: string): string | null;
  /**
   * Asks the person at the front end yes or no, and waits.
   *
   * @throws StdinNotImplementedError where the front end gives no input
   */
  function confirm(message?: string): boolean;
  /**
   * Shows a message, and waits until the person at the front end has acknowledged it.
   *
   * @throws StdinNotImplementedError where the front end gives no input
   */
  function alert(message?: string): void;
  /** What the kernel offers to cells and libraries: comms, messages, input. */
  var jupyter: Jupyter;
}

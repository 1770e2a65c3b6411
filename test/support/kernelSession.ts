import type { Header, Message } from "./kernelFrames.js";
import { type KernelWire, startWire } from "./kernelWire.js";

const START_LIMIT = 120_000; // milliseconds: a cold machine reads all of TypeScript first
const LIMIT = 60_000; // milliseconds for anything else, far above what it takes

/** What a cell sent, and how it ended. */
export interface Execution {
  readonly header: Header;
  readonly reply: Message;
  /** all that came on iopub for it, until it was idle */
  readonly messages: readonly Message[];
  /** of those, what a notebook shows */
  readonly outputs: readonly Message[];
  readonly seconds: number;
}

export interface ExecuteOptions {
  readonly silent?: boolean;
  readonly store_history?: boolean;
  readonly stop_on_error?: boolean;
  readonly allow_stdin?: boolean;
  readonly user_expressions?: object;
  readonly metadata?: object;
}

const SHOWN = new Set([
  "stream",
  "display_data",
  "update_display_data",
  "execute_result",
  "error",
  "clear_output",
]);

/** A front end's view of a running kernel. */
export class KernelSession {
  constructor(readonly wire: KernelWire) {}

  /** Sends a cell; end() waits for it. */
  async submit(code: string, options: ExecuteOptions = {}): Promise<Header> {
    const { metadata = {}, ...given } = options;
    const content = { code, silent: false, store_history: true, user_expressions: {}, ...given };
    return this.wire.send(
      "shell",
      "execute_request",
      { stop_on_error: true, allow_stdin: false, ...content },
      metadata,
    );
  }

  /** Waits until a cell has been answered and is idle. */
  async end(header: Header, limit = LIMIT): Promise<Execution> {
    const start = performance.now();
    const reply = await this.reply(header, limit);
    const idle = ({ content }: Message) => content.execution_state === "idle";
    await this.wire.until(() => this.sent(header).some(idle), limit, "the cell to be idle");
    const messages = this.sent(header);
    const outputs = messages.filter((message) => SHOWN.has(message.header.msg_type));
    return { header, reply, messages, outputs, seconds: (performance.now() - start) / 1000 };
  }

  /** Runs a cell to its end. */
  async run(code: string, options: ExecuteOptions = {}, limit = LIMIT): Promise<Execution> {
    return this.end(await this.submit(code, options), limit);
  }

  /** Sends any other request and waits for its reply. */
  async ask(
    type: string,
    content: object,
    channel: "shell" | "control" = "shell",
    limit = LIMIT,
  ): Promise<Message> {
    return this.reply(await this.wire.send(channel, type, content), limit);
  }

  /** Waits for the reply to a request. */
  async reply(header: Header, limit = LIMIT): Promise<Message> {
    const answers = ({ channel, parent_header }: Message) =>
      (channel === "shell" || channel === "control") && parent_header.msg_id === header.msg_id;
    return this.wire.until(() => this.wire.messages.find(answers), limit, `the reply to ${header.msg_type}`);
  }

  /** What came on iopub for a request, so far. */
  sent(header: Header): Message[] {
    return this.wire.messages.filter(
      ({ channel, parent_header }) => channel === "iopub" && parent_header.msg_id === header.msg_id,
    );
  }

  /** Waits for an output of a cell, also after its end. */
  async output(header: Header, type: string, limit = LIMIT, pattern = /(?:)/): Promise<Message> {
    const wanted = (message: Message) =>
      message.header.msg_type === type && pattern.test(JSON.stringify(message.content));
    return this.wire.until(() => this.sent(header).find(wanted), limit, `${type} ${pattern} of a cell`);
  }

  /** Waits until a cell asks for input; which: counted from 0. */
  async asked(header: Header, which = 0, limit = LIMIT): Promise<Message> {
    const asks = ({ channel, parent_header }: Message) =>
      channel === "stdin" && parent_header.msg_id === header.msg_id;
    return this.wire.until(() => this.wire.messages.filter(asks)[which], limit, "a question");
  }

  /** Answers a question as JupyterLab does. */
  async give(question: Message, value: unknown): Promise<void> {
    await this.wire.send("stdin", "input_reply", { status: "ok", value }, {}, question.header);
  }

  /** Presses Stop. */
  async interrupt(how: "message" | "signal" = "message"): Promise<void> {
    if (how === "signal") this.wire.process.kill("SIGINT");
    else await this.ask("interrupt_request", {}, "control");
  }

  async close(): Promise<void> {
    await this.wire.close();
  }
}

/**
 * Starts a kernel and waits until it answers and its outputs are heard.
 *
 * @param folder      the notebook's; otherwise a new one in the checkout
 * @param kernelspec  how it is started, if not as set-up has written
 */
export async function startKernel(
  environment: NodeJS.ProcessEnv = {},
  folder?: string,
  kernelspec?: string,
): Promise<KernelSession> {
  const session = new KernelSession(await startWire(environment, folder, kernelspec));
  const { wire } = session;
  const heard = () => wire.messages.some(({ channel }) => channel === "iopub");
  try {
    await session.ask("kernel_info_request", {}, "shell", START_LIMIT);
    for (const end = performance.now() + START_LIMIT; !heard(); ) {
      if (performance.now() > end) throw new Error(`nothing was heard on iopub; it printed: ${wire.printed}`);
      await session.ask("kernel_info_request", {});
      await wire.until(heard, 200, "iopub").catch(() => undefined);
    }
  } catch (error) {
    await session.close();
    throw error;
  }
  return session;
}

/**
 * The kernel of the tests before this one, or a new one if that is not right any more: what one test fails to end is
 * not the next one's trouble. In it are `kept.value`, 42, and a variable `turns`.
 */
export async function rightKernel(before: KernelSession | undefined): Promise<KernelSession> {
  const isRight = (cell: Execution) =>
    cell.outputs.some(({ content }) => content.data?.["text/plain"] === "42") && cell.outputs.length === 1;
  if (await before?.run("kept.value", {}, 3000).then(isRight, () => false)) return before!;
  await before?.close();
  const kernel = await startKernel();
  await kernel.run("const kept = { value: 42 };\nlet turns = 0;");
  return kernel;
}

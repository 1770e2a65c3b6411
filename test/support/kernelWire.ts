import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer, Request, Subscriber } from "zeromq";
import { CHECKOUT } from "./checkout.js";
import {
  type Channel,
  type Header,
  type Message,
  newHeader,
  readFrames,
  signedFrames,
} from "./kernelFrames.js";

// Needs: Jupyter

export { CHECKOUT };

/** The kernelspec that set-up wrote; the variable names another, to try the same tests on it. */
export const KERNELSPEC =
  process.env.XORLAB_TEST_KERNELSPEC ??
  join(CHECKOUT, ".venv", "share", "jupyter", "kernels", "xorlab", "kernel.json");

const PORTS = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"] as const;
export type Ports = Readonly<Record<(typeof PORTS)[number], number>>;

/** A kernel's process and the sockets to it. */
export class KernelWire {
  readonly session = randomUUID();
  /** everything that came, in order */
  readonly messages: Message[] = [];
  /** what came and was no message: there should be none */
  readonly refused: string[] = [];
  /** what the process itself printed */
  printed = "";
  readonly exit: Promise<number | null>;
  private readonly arrivals = new EventEmitter().setMaxListeners(0);
  private readonly sockets: { readonly [name in Exclude<Channel, "iopub">]: Dealer };
  private readonly iopub = new Subscriber({ linger: 0 });
  private readonly heart: Request;
  private readonly dropWithUs = () => this.kill();

  constructor(
    readonly process: ChildProcess,
    readonly key: string,
    readonly ports: Ports,
    readonly folder: string,
    /** Folders that are removed with it. */
    private readonly ours: readonly string[],
  ) {
    const dealer = () => new Dealer({ linger: 0, routingId: this.session });
    this.sockets = { shell: dealer(), control: dealer(), stdin: dealer() };
    this.heart = new Request({ linger: 0, receiveTimeout: 5000, correlate: true, relaxed: true });
    this.exit = once(process, "exit").then(([code]) => code as number | null);
    for (const stream of [process.stdout, process.stderr])
      stream?.setEncoding("utf8").on("data", (part: string) => {
        this.printed += part;
      });
    globalThis.process.once("exit", this.dropWithUs);
  }

  get pid(): number {
    return this.process.pid!;
  }

  get alive(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  connect(): void {
    const address = (port: number) => `tcp://127.0.0.1:${port}`;
    this.iopub.subscribe();
    this.iopub.connect(address(this.ports.iopub_port));
    for (const channel of ["shell", "control", "stdin"] as const) {
      this.sockets[channel].connect(address(this.ports[`${channel}_port`]));
      void this.listen(channel, this.sockets[channel]);
    }
    this.heart.connect(address(this.ports.hb_port));
    void this.listen("iopub", this.iopub);
  }

  private async listen(channel: Channel, socket: Dealer | Subscriber): Promise<void> {
    for await (const frames of socket) {
      try {
        this.messages.push(readFrames(this.key, channel, frames));
      } catch (error) {
        this.refused.push(String(error));
      }
      this.arrivals.emit("one");
    }
  }

  /** Sends a request. @returns its header */
  async send(
    channel: "shell" | "control" | "stdin",
    type: string,
    content: object,
    metadata: object = {},
    parent: object = {},
    buffers: readonly Buffer[] = [],
  ): Promise<Header> {
    const header = newHeader(type, this.session);
    const parts = [header, parent, metadata, content].map((part) => JSON.stringify(part));
    await this.sendFrames(channel, signedFrames(this.key, parts, buffers));
    return header;
  }

  /** Sends any frames at all. */
  async sendFrames(
    channel: "shell" | "control" | "stdin",
    frames: readonly (string | Buffer)[],
  ): Promise<void> {
    await this.sockets[channel].send([...frames]);
  }

  /** Waits until what is asked for is there. */
  async until<Found>(find: () => Found | undefined | false, limit: number, what: string): Promise<Found> {
    const end = performance.now() + limit;
    for (;;) {
      const found = find();
      if (found !== undefined && found !== false) return found;
      const left = end - performance.now();
      if (left <= 0)
        throw new Error(`waited ${limit} ms for ${what}; the kernel printed: ${this.printed.slice(-500)}`);
      const patience = AbortSignal.timeout(Math.ceil(Math.min(left, 500)));
      await once(this.arrivals, "one", { signal: patience }).catch(() => undefined);
    }
  }

  /** Sends a ping to the heart. @returns what came back */
  async beat(text: string): Promise<string> {
    await this.heart.send(text);
    return String((await this.heart.receive())[0]);
  }

  kill(): void {
    if (this.alive) this.process.kill("SIGKILL");
  }

  /** Ends the process, if need be by force, and forgets its folders. */
  async close(): Promise<void> {
    globalThis.process.off("exit", this.dropWithUs);
    this.kill();
    await this.exit;
    for (const socket of [...Object.values(this.sockets), this.iopub, this.heart]) socket.close();
    for (const folder of this.ours) rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Starts the kernel's process as a front end does and connects to it.
 *
 * @param given  the notebook's folder; otherwise a new one in the checkout
 */
export async function startWire(
  environment: NodeJS.ProcessEnv = {},
  given?: string,
  kernelspec = KERNELSPEC,
): Promise<KernelWire> {
  const folder = given ?? newFolder();
  const connectionFolder = mkdtempSync(join(tmpdir(), "xorlab-kernel-"));
  const file = join(connectionFolder, "connection.json");
  const ports = await freePorts();
  const key = randomUUID();
  const connection = { ...ports, ip: "127.0.0.1", transport: "tcp", signature_scheme: "hmac-sha256", key };
  writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
  const { argv }: { argv: string[] } = JSON.parse(readFileSync(kernelspec, "utf8"));
  const [command, ...args] = argv.map((part) => part.replaceAll("{connection_file}", file));
  const child = spawn(command, args, {
    cwd: folder,
    detached: true, // a session of its own, as Jupyter starts kernels
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ours = given === undefined ? [folder, connectionFolder] : [connectionFolder];
  const wire = new KernelWire(child, key, ports, folder, ours);
  wire.connect();
  return wire;
}

function newFolder(): string {
  const parent = join(CHECKOUT, "dist", "test-notebooks");
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, "wire-"));
}

let tried = 0;

/** A port below those that the system gives to connections: nobody takes it before the kernel has it. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + ((process.pid * 50 + tried++) % 22_000);
    const server = createServer().listen(port, "127.0.0.1");
    const isFree = await once(server, "listening").then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    await once(server.close(), "close");
    return port;
  }
}

async function freePorts(): Promise<Ports> {
  const found: [string, number][] = [];
  for (const name of PORTS) found.push([name, await freePort()]);
  return Object.fromEntries(found) as Ports;
}

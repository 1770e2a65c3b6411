import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

// Needs: Firefox

/** Firefox without a window, driven by its own protocol, Marionette: a length, ":", and a list as JSON. */

/** Where Firefox is: the variable FIREFOX, or the PATH. */
export function findFirefox(): string | undefined {
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => ["firefox", "firefox-esr"].map((program) => join(folder, program)));
  const named = process.env.FIREFOX;
  return (named ? [named] : onPath).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Why tests in Firefox are left out, or false. In CI they never are. */
export function noFirefox(): string | false {
  if (findFirefox() !== undefined || process.env.CI === "true") return false;
  return "Firefox was not found; install it, or name it: FIREFOX=/path/to/firefox npm test";
}

/** One page of a Firefox of its own. */
export interface Firefox {
  open(address: string): Promise<void>;
  /** Runs a function in the page: its text is sent, so it must refer to nothing outside of itself. */
  run<Given extends readonly unknown[], Result>(
    code: (...given: Given) => Result,
    ...given: Given
  ): Promise<Awaited<Result>>;
  close(): Promise<void>;
}

const SETTINGS: Readonly<Record<string, unknown>> = {
  "marionette.port": 0, // any that is free: Firefox writes it into its profile
  "network.proxy.type": 1, // everything but files goes to a proxy that is not there
  "network.proxy.http": "127.0.0.1",
  "network.proxy.http_port": 9,
  "network.proxy.ssl": "127.0.0.1",
  "network.proxy.ssl_port": 9,
  "datareporting.policy.dataSubmissionEnabled": false,
};

export async function openFirefox(): Promise<Firefox> {
  const program = findFirefox();
  if (program === undefined) throw new Error("Firefox was not found; name it: FIREFOX=/path/to/firefox");
  const profile = mkdtempSync(join(tmpdir(), "xorlab-firefox-"));
  const lines = Object.entries(SETTINGS).map(
    ([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`,
  );
  writeFileSync(join(profile, "user.js"), lines.join("\n"));
  const firefox = spawn(program, ["--headless", "--marionette", "--no-remote", "--profile", profile], {
    stdio: "ignore",
  });
  const ask = await marionette(await portOf(firefox, profile));
  await ask("WebDriver:NewSession", {});
  await ask("WebDriver:SetTimeouts", { script: 120_000, pageLoad: 60_000 });
  return {
    open: async (url) => void (await ask("WebDriver:Navigate", { url })),
    async run(code, ...args) {
      const script = `const [args, done] = [[...arguments].slice(0, -1), arguments[arguments.length - 1]];
        Promise.resolve((${code})(...args)).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
      const { value: found } = await ask("WebDriver:ExecuteAsyncScript", { script, args, sandbox: null });
      if (found.error !== undefined) throw new Error(found.error);
      return found.value;
    },
    async close() {
      const ended = new Promise((resolve) => firefox.once("exit", resolve));
      await ask("Marionette:Quit", { flags: ["eForceQuit"] }).catch(() => firefox.kill());
      await ended;
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** The port on which Firefox listens, once it does. */
async function portOf(firefox: ChildProcess, profile: string): Promise<number> {
  for (let tries = 0; tries < 600 && firefox.exitCode === null; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    try {
      return Number(readFileSync(join(profile, "MarionetteActivePort"), "utf8"));
    } catch {
      // not yet
    }
  }
  throw new Error("Firefox did not start");
}

// biome-ignore lint/suspicious/noExplicitAny: what Firefox answers is known to who asks
type Ask = (command: string, parameters: object) => Promise<any>;

async function marionette(port: number): Promise<Ask> {
  const socket: Socket = connect(port, "127.0.0.1");
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let received = Buffer.alloc(0);
  const greeted = new Promise((resolve, reject) => {
    waiting.set(0, { resolve, reject });
  });
  socket.on("data", (chunk) => {
    received = Buffer.concat([received, chunk]);
    for (let colon = received.indexOf(":"); colon > 0; colon = received.indexOf(":")) {
      const end = colon + 1 + Number(received.subarray(0, colon));
      if (received.length < end) return;
      const message = JSON.parse(received.subarray(colon + 1, end).toString());
      received = received.subarray(end);
      const [, id, error, result] = Array.isArray(message) ? message : [1, 0, null, message];
      const asked = waiting.get(id);
      waiting.delete(id);
      if (error) asked?.reject(new Error(`${error.error}: ${error.message}`));
      else asked?.resolve(result);
    }
  });
  socket.on("close", () => {
    for (const { reject } of waiting.values()) reject(new Error("Firefox ended"));
  });
  await greeted;
  let asked = 0;
  return (command, parameters) =>
    new Promise((resolve, reject) => {
      asked += 1;
      waiting.set(asked, { resolve, reject });
      const text = JSON.stringify([0, asked, command, parameters]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
}

import { createServer } from "node:net";

// The only address that is served, this machine itself: jupyter/jupyter_config.py sets it.
const HOST = "127.0.0.1";

const TRIES = 100; // ports looked at before giving up; so many servers at once are a mistake

/**
 * Can a server listen on this port?
 *
 * @returns undefined if it can, else the system's word why not, such as "EADDRINUSE"
 */
export function portTrouble(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host: HOST, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/** The first free port from this one upward. */
export async function freePortFrom(first: number): Promise<number> {
  for (let port = first; port < first + TRIES; port++)
    if ((await portTrouble(port)) === undefined) return port;
  throw new Error(
    `xorlab lab: the ports ${first} to ${first + TRIES - 1} are all in use\n  Cure: npm start -- --port 10000   (or any free port)`,
  );
}

/**
 * The port to serve on: the one asked for, or the first free one from the default.
 *
 * @throws Error if the one asked for cannot be had
 */
export async function choosePort(asked: number | undefined, standard: number): Promise<number> {
  if (asked === undefined) return freePortFrom(standard);
  const trouble = await portTrouble(asked);
  if (trouble === undefined) return asked;
  const reason =
    trouble === "EADDRINUSE"
      ? "is in use"
      : trouble === "EACCES"
        ? "may not be used by you"
        : `cannot be used (${trouble})`;
  const other = await freePortFrom(Math.max(asked + 1, standard));
  throw new Error(
    `xorlab lab: port ${asked} ${reason}\n  Cure: npm start -- --port ${other}   (which is free), or stop the program that uses ${asked}`,
  );
}

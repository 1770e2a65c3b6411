import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Request } from "../../src/kernel/message.js";
import { createServer, type ServerParts } from "../../src/kernel/server.js";

/** What the server prepares while it has nothing to do, and that it never lets a cell wait for it. */

const SOON = 1600; // milliseconds: more than the moment after which it prepares

function request(type: string, content: object = {}): Request {
  return { channel: "shell", identities: [], type, session: "s", header: "{}", content: { ...content } };
}

/** A server whose cells take a while and do nothing; what it does is written down. */
function startServer(milliseconds: number) {
  const done: string[] = [];
  const parts = {
    wire: { send: (_: Request, __: string, type: string) => done.push(type) },
    executor: {
      run: async () => {
        done.push("cell begins");
        await sleep(milliseconds);
        done.push("cell ends");
        return {};
      },
    },
    language: { help: () => undefined },
    history: { add: () => undefined },
    output: { publish: () => undefined },
    typescript: "5",
    prepare: () => done.push("prepare"),
    ports: {},
  } as unknown as ServerParts;
  const server = createServer(parts);
  const seen = () => done.filter((what) => !what.includes("_") && what !== "status");
  return { answer: server.answer, seen };
}

test("a kernel that has been asked for its name and then for nothing prepares, once", async () => {
  const { answer, seen } = startServer(0);
  answer(request("kernel_info_request"));
  assert.deepEqual(seen(), []);
  await sleep(SOON);
  assert.deepEqual(seen(), ["prepare"]);
  answer(request("kernel_info_request"));
  answer(request("execute_request", { code: "1" }));
  await sleep(SOON);
  assert.deepEqual(seen(), ["prepare", "cell begins", "cell ends"]);
});

test("cells that come at once go first, however long they take", async () => {
  const { answer, seen } = startServer(SOON);
  answer(request("kernel_info_request"));
  answer(request("execute_request", { code: "1" }));
  answer(request("execute_request", { code: "2" }));
  await sleep(3.5 * SOON);
  const cell = ["cell begins", "cell ends"];
  assert.deepEqual(seen(), [...cell, ...cell, "prepare"]);
});

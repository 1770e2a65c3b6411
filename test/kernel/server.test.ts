import assert from "node:assert/strict";
import { test } from "node:test";
import { inTurn, nextTurn } from "../../src/kernel/cell.js";
import type { Request } from "../../src/kernel/message.js";
import { createServer, type ServerParts } from "../../src/kernel/server.js";

test("cells that arrive right after another has ended run one after the other", async () => {
  const request = (code: string) =>
    ({ type: "execute_request", channel: "shell", content: { code }, metadata: {} }) as unknown as Request;
  const events: string[] = [];
  let idle = 0;
  const server = createServer({
    wire: {
      send(_: Request, __: string, ___: string, { execution_state }: { execution_state?: string }) {
        if (execution_state !== "idle") return;
        idle += 1;
        if (idle === 1)
          inTurn(() => {
            server.answer(request("second"));
            server.answer(request("third"));
          });
      },
    },
    executor: {
      async run(_: unknown, code: string) {
        events.push(`${code} begins`);
        for (let turn = 0; turn < 10; turn++) await nextTurn();
        events.push(`${code} ends`);
        return {};
      },
      prepare: () => events.push("prepared"),
    },
    language: { help: () => undefined },
    history: { add() {} },
    output: { publish() {}, endGroups() {} },
  } as unknown as ServerParts);
  server.answer(request("first"));
  const end = Date.now() + 10_000;
  while (!events.includes("prepared") && Date.now() < end) await new Promise((go) => setTimeout(go, 5));
  assert.deepEqual(events, [
    ...["first", "second", "third"].flatMap((code) => [`${code} begins`, `${code} ends`]),
    "prepared",
  ]);
  assert.equal(idle, 3);
});

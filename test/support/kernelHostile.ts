import { randomUUID } from "node:crypto";
import { newHeader, signature, signedFrames } from "./kernelFrames.js";
import type { RandomSource } from "./kernelRandom.js";
import type { KernelWire } from "./kernelWire.js";

/** Messages that no front end would send, each made from a seed. */

export type Frames = (string | Buffer)[];
type Maker = (wire: KernelWire, random: RandomSource) => Frames;

const TYPES = [
  "execute_request",
  "complete_request",
  "inspect_request",
  "is_complete_request",
  "history_request",
  "kernel_info_request",
  "comm_info_request",
  "comm_open",
  "comm_msg",
  "comm_close",
  "interrupt_request",
  "input_reply",
  "connect_request",
  "debug_request",
  "execute_reply",
  "status",
  "constructor",
  "__proto__",
  "toString",
  "",
] as const;

const FIELDS = [
  "code",
  "cursor_pos",
  "detail_level",
  "silent",
  "store_history",
  "stop_on_error",
  "user_expressions",
  "allow_stdin",
  "hist_access_type",
  "n",
  "pattern",
  "session",
  "start",
  "stop",
  "comm_id",
  "target_name",
  "data",
] as const;

/** A value as JSON that is not what any field should be; none of them, as code, has an effect. */
const oddJson = (random: RandomSource): string =>
  random.choose([
    "null",
    "true",
    "-1",
    "1e308",
    "1e999",
    "0.5",
    '""',
    '"text"',
    '"tail"',
    "[]",
    "[[[]]]",
    "{}",
    '{"__proto__":{"polluted":true}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
    '{"toString":1,"valueOf":1,"length":-1}',
    '"\\ud800"',
    '"\\u0000"',
    `"${"x".repeat(200_000)}"`,
    `"${"(".repeat(5000)}"`,
    `${"[".repeat(2000)}${"]".repeat(2000)}`,
    `${'{"a":'.repeat(2000)}1${"}".repeat(2000)}`,
    '{"x":"throw 1","y":"for(","z":5}',
    '"(((((a+)+)+)+)+)$"',
    "9007199254740993",
  ]);

const oddContent = (random: RandomSource): string => {
  const fields = Array.from(
    { length: random.below(6) },
    () => `"${random.choose(FIELDS)}":${oddJson(random)}`,
  );
  return `{${fields.join(",")}}`;
};

const parts = (wire: KernelWire, type: string, content: string): Frames => [
  JSON.stringify(newHeader(type, wire.session)),
  "{}",
  "{}",
  content,
];

/** Rightly signed, but wrong inside. */
const SIGNED: readonly Maker[] = [
  (wire, random) => signedFrames(wire.key, parts(wire, random.choose(TYPES), oddContent(random))),
  (wire, random) => signedFrames(wire.key, parts(wire, random.choose(TYPES), oddJson(random))),
  (wire, random) =>
    signedFrames(wire.key, parts(wire, random.choose(TYPES), random.choose(["", "{", "nonsense", "\u0000"]))),
  (wire, random) => signedFrames(wire.key, [oddJson(random), "{}", "{}", "{}"]),
  (wire, random) =>
    signedFrames(wire.key, [`{"msg_type":${oddJson(random)},"msg_id":${oddJson(random)}}`, "{}", "{}", "{}"]),
  (wire, random) => {
    const [header, , , content] = parts(wire, random.choose(TYPES), oddContent(random));
    return signedFrames(wire.key, [header, oddJson(random), oddJson(random), content]);
  },
  (wire, random) => {
    const buffers = Array.from({ length: 1 + random.below(5) }, (_, i) =>
      Buffer.alloc(random.below(10_000), i),
    );
    return signedFrames(wire.key, parts(wire, random.choose(TYPES), oddContent(random)), buffers);
  },
  (wire, random) =>
    signedFrames(wire.key, parts(wire, "kernel_info_request", "{}").slice(0, random.below(4))),
  (wire) => [
    "extra identity",
    Buffer.alloc(300),
    ...signedFrames(wire.key, parts(wire, "kernel_info_request", "{}")),
  ],
  (wire, random) => {
    const cursor = random.choose(["-5", "1e9", "0.5", '"3"', "null", "{}", "-0"]);
    const type = random.choose(["complete_request", "inspect_request"]);
    return signedFrames(
      wire.key,
      parts(wire, type, `{"code":"Math.max(1","cursor_pos":${cursor},"detail_level":0}`),
    );
  },
];

/** A cell that would be noticed, had it run. */
const noticed = () => JSON.stringify({ code: "globalThis.intruder = true;", silent: false });

/** Not signed with the key: none may have any effect, nor be answered. */
export const UNSIGNED: readonly Maker[] = [
  (wire) => ["<IDS|MSG>", "0".repeat(64), ...parts(wire, "execute_request", noticed())],
  (wire) => ["<IDS|MSG>", "", ...parts(wire, "execute_request", noticed())],
  (wire) => signedFrames(randomUUID(), parts(wire, "execute_request", noticed())),
  (wire) => signedFrames("", parts(wire, "shutdown_request", '{"restart":false}')),
  (wire) => {
    const [header, parent, metadata] = parts(wire, "execute_request", noticed());
    const signed = signature(wire.key, [header, parent, metadata, '{"code":"1"}']);
    return ["<IDS|MSG>", signed, header, parent, metadata, noticed()];
  },
  (wire) => {
    const [header, ...rest] = parts(wire, "execute_request", noticed());
    return [
      "<IDS|MSG>",
      signature(wire.key, [header, ...rest])
        .toUpperCase()
        .slice(1),
      header,
      ...rest,
    ];
  },
  (wire) => {
    const all = parts(wire, "execute_request", noticed());
    return ["<IDS|MSG>", `${signature(wire.key, all)}0`, ...all];
  },
  (wire) => parts(wire, "execute_request", noticed()), // no delimiter
  (_, random) => ["<IDS|MSG>", ...Array.from({ length: random.below(4) }, () => "{}")],
  () => ["<IDS|MSG>"],
  () => [""],
  (_, random) =>
    Array.from({ length: 1 + random.below(8) }, () => Buffer.alloc(random.below(2000), random.below(256))),
];

/** One message out of all kinds. */
export const hostileFrames = (wire: KernelWire, random: RandomSource): Frames =>
  random.choose([...SIGNED, ...UNSIGNED])(wire, random);

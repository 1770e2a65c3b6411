import { Buffer } from "node:buffer";
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import type { MessageExtras } from "./cellGlobals.js";
import { OwnDate, ownJson } from "./globals.js";

/** What a message says. */
export type Content = Readonly<Record<string, unknown>>;

/** The sockets on which messages travel. */
export type Channel = "shell" | "control" | "iopub" | "stdin";

/** A request as it was received; on stdin, the answer to one of the kernel's. */
export interface Request {
  readonly channel: "shell" | "control" | "stdin";
  /** ZeroMQ's routing prefix: the reply carries it back. */
  readonly identities: readonly Uint8Array[];
  readonly type: string;
  readonly session: string;
  /** The header as it was sent, in JSON: replies and outputs name it as their parent. */
  readonly header: string;
  readonly content: Content;
  readonly metadata: Content;
  /** The id of the message that it answers, where it answers one. */
  readonly answers: unknown;
  /** Binary data that a comm's message carries. */
  readonly buffers: readonly Uint8Array[];
}

/** A message to be sent: its four parts as JSON. */
export interface Outgoing {
  readonly channel: Channel;
  readonly identities: readonly Uint8Array[];
  readonly parts: readonly [header: string, parent: string, metadata: string, content: string];
  readonly buffers: readonly Uint8Array[];
}

const DELIMITER = Buffer.from("<IDS|MSG>");

/** The version of Jupyter's messages. */
export const PROTOCOL = "5.3";

/**
 * Reads a request from the frames of a ZeroMQ message. The signature is checked before anything else is looked at.
 *
 * @throws Error that says what is wrong with it
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol
 */
export function readRequest(
  channel: Request["channel"],
  frames: readonly Buffer[],
  key: string,
): Request & { readonly signature: string } {
  const start = frames.findIndex((frame) => frame.equals(DELIMITER));
  if (start < 0 || frames.length < start + 6) throw new Error("no delimiter, or parts are missing");
  const signature = frames[start + 1].toString("latin1");
  const parts = frames.slice(start + 2, start + 6); // what is signed; buffers are not
  if (key !== "" && !sameText(signature, sign(parts, key))) throw new Error("the signature is wrong");
  const header = record(parts[0], "header");
  const content = record(parts[3], "content");
  const { msg_id: answers } = record(parts[1], "parent");
  const metadata = record(parts[2], "metadata");
  const { msg_type: type, msg_id: id, session } = header;
  if (typeof type !== "string" || typeof id !== "string" || typeof session !== "string")
    throw new Error("the header must have msg_type, msg_id and session");
  const identities = frames.slice(0, start);
  const buffers = frames.slice(start + 6);
  const rest = { content, metadata, answers, buffers, signature };
  return { channel, identities, type, session, header: parts[0].toString(), ...rest };
}

/** The frames of a message, signed. */
export function framesOf({ identities, parts, buffers }: Outgoing, key: string): Uint8Array[] {
  const bodies = parts.map((part) => Buffer.from(part));
  const signature = key === "" ? "" : sign(bodies, key);
  return [...identities, DELIMITER, Buffer.from(signature), ...bodies, ...buffers];
}

/**
 * A message that answers a request, one on stdin that asks its sender for input, or one on iopub, to all clients, about it.
 *
 * @throws TypeError if the content is not JSON: it has a cycle, a bigint …
 */
export function outgoing(
  request: Request,
  channel: Channel,
  type: string,
  content: Content,
  { metadata = {}, buffers = [] }: MessageExtras = {},
): Outgoing {
  const header = {
    msg_id: randomUUID(),
    msg_type: type,
    session: request.session,
    username: "kernel",
    date: new OwnDate().toISOString(),
    version: PROTOCOL,
  };
  const identities = channel === "iopub" ? [Buffer.from(type)] : request.identities;
  return {
    channel,
    identities,
    parts: [ownJson.stringify(header), request.header, inJson(metadata), inJson(content)],
    buffers,
  };
}

/**
 * JSON without halves of surrogate pairs: JSON.stringify() escapes them, and them alone, but no notebook with one can be saved. Each
 * becomes the replacement character.
 */
function inJson(value: object): string {
  return ownJson
    .stringify(value)
    .replace(/\\(?:u[dD][89a-fA-F][0-9a-fA-F]{2}|.)/gs, (escaped) =>
      escaped.length > 2 && escaped[1] === "u" && /[dD]/.test(escaped[2]) ? "\ufffd" : escaped,
    );
}

function sign(parts: readonly Uint8Array[], key: string): string {
  const hash = createHmac("sha256", key);
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function record(frame: Buffer, what: string): Record<string, unknown> {
  const value: unknown = ownJson.parse(frame.toString());
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error(`${what} must be an object`);
  return value as Record<string, unknown>;
}

import { createHmac, randomUUID } from "node:crypto";

/** The wire format of Jupyter's messages, written from the protocol's text and sharing nothing with the kernel's own. */

export type Channel = "shell" | "control" | "iopub" | "stdin";

/** What the protocol's messages carry, as far as the tests look at it. */
export interface Content {
  readonly status?: string;
  readonly execution_state?: string;
  readonly execution_count?: number | null;
  readonly code?: string;
  readonly name?: string;
  readonly text?: string;
  readonly ename?: string;
  readonly evalue?: string;
  readonly traceback?: readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly transient?: { readonly display_id?: string };
  readonly user_expressions?: Readonly<
    Record<string, { status: string; ename?: string; data?: Record<string, unknown> }>
  >;
  readonly payload?: readonly { readonly source: string; readonly data?: Record<string, unknown> }[];
  readonly matches?: readonly string[];
  readonly cursor_start?: number;
  readonly cursor_end?: number;
  readonly found?: boolean;
  readonly indent?: string;
  readonly history?: readonly (readonly [number, number, unknown])[];
  readonly comms?: Readonly<Record<string, unknown>>;
  readonly comm_id?: string;
  readonly restart?: boolean;
  readonly wait?: boolean;
  readonly protocol_version?: string;
  readonly language_info?: Readonly<Record<string, unknown>>;
  readonly [further: string]: unknown;
}

export interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly version: string;
}

/** A message as it came. */
export interface Message {
  readonly channel: Channel;
  readonly header: Header;
  readonly parent_header: Partial<Header>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly content: Content;
  readonly buffers: readonly Buffer[];
  /** when it came, in milliseconds of performance.now() */
  readonly at: number;
}

const DELIMITER = "<IDS|MSG>";

/** The signature of the four parts of a message. */
export const signature = (key: string, parts: readonly (string | Buffer)[]): string =>
  parts.reduce((hash, part) => hash.update(part), createHmac("sha256", key)).digest("hex");

/** The frames of a message with these parts, signed. */
export function signedFrames(
  key: string,
  parts: readonly (string | Buffer)[],
  buffers: readonly Buffer[] = [],
) {
  return [DELIMITER, signature(key, parts), ...parts, ...buffers];
}

/** A new header, as a front end makes it. */
export function newHeader(type: string, session: string): Header {
  return {
    msg_id: randomUUID(),
    msg_type: type,
    session,
    username: "tester",
    date: new Date().toISOString(),
    version: "5.3",
  };
}

/**
 * Reads a message, and insists on the form that the protocol gives it.
 *
 * @throws Error if it is not signed with the key or not well-formed
 */
export function readFrames(key: string, channel: Channel, frames: readonly Buffer[]): Message {
  const start = frames.findIndex((frame) => frame.equals(Buffer.from(DELIMITER)));
  if (start < 0) throw new Error(`a message on ${channel} without a delimiter`);
  const [sign, ...rest] = frames.slice(start + 1);
  const parts = rest.slice(0, 4);
  if (String(sign) !== signature(key, parts))
    throw new Error(`a message on ${channel} with a wrong signature`);
  const [header, parent_header, metadata, content] = parts.map((part) => JSON.parse(String(part)));
  const buffers = rest.slice(4);
  return { channel, header, parent_header, metadata, content, buffers, at: performance.now() };
}

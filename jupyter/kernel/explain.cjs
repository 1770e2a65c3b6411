// A kernel that answers every cell with what is wrong. It has nothing but Node: its sockets speak as much of ZeroMQ's
// protocol (ZMTP 3.0, rfc.zeromq.org/spec/23) as Jupyter's clients ask for.
const { createHmac, randomBytes } = require("node:crypto");
const { createServer } = require("node:net");

const DELIMITER = "<IDS|MSG>";
const MORE = 1;
const LONG = 2;
const COMMAND = 4;
const SIGNATURE = 10; // bytes of a greeting before its version
const GREETING = 64;

/** Serves a connection file's sockets until a client asks for the end, or the program that started us is gone. */
exports.explain = function explain(connection, what, cure) {
  const error = { ename: "xorlab", evalue: what, traceback: [`\x1b[31m${what}\x1b[0m`, cure] };
  const session = randomBytes(16).toString("hex");
  const listeners = new Set(); // who hears what is published
  console.error(`${what}\n${cure}`); // in the server's log as well

  const send = (socket, parent, type, content) => {
    const header = {
      msg_id: randomBytes(16).toString("hex"),
      session,
      username: "kernel",
      date: new Date().toISOString(),
      msg_type: type,
      version: "5.3",
    };
    const parts = [header, parent, {}, content].map((part) => Buffer.from(JSON.stringify(part)));
    writeFrames(socket, [Buffer.from(DELIMITER), Buffer.from(signed(connection.key, parts)), ...parts]);
  };
  const publish = (parent, type, content) => {
    for (const socket of listeners) send(socket, parent, type, content);
  };
  const answer = (socket, frames) => {
    const begin = frames.findIndex((frame) => frame.toString() === DELIMITER);
    const parts = frames.slice(begin + 2, begin + 6);
    if (begin < 0 || signed(connection.key, parts) !== frames[begin + 1].toString()) return;
    const [parent, , , content] = parts.map((part) => JSON.parse(part));
    publish(parent, "status", { execution_state: "busy" });
    const { type, reply } = replyTo(parent.msg_type, content);
    if (type === "execute_reply" && !content.silent) {
      publish(parent, "execute_input", { code: content.code, execution_count: 1 });
      publish(parent, "error", error);
    }
    if (reply) send(socket, parent, type, reply);
    publish(parent, "status", { execution_state: "idle" });
    if (parent.msg_type === "shutdown_request") setTimeout(() => process.exit(0), 100);
  };
  const replyTo = (request, content) => {
    const type = request.replace(/_request$/, "_reply");
    const replies = {
      kernel_info_request: kernelInfo(`${what}\n${cure}`),
      execute_request: Object.assign({ status: "error", execution_count: 1 }, error),
      shutdown_request: { status: "ok", restart: content.restart === true },
      interrupt_request: { status: "ok" },
      is_complete_request: { status: "complete" },
      complete_request: { status: "ok", matches: [], cursor_start: 0, cursor_end: 0, metadata: {} },
      inspect_request: {
        status: "ok",
        found: true,
        data: { "text/plain": `${what}\n${cure}` },
        metadata: {},
      },
      history_request: { status: "ok", history: [] },
      comm_info_request: { status: "ok", comms: {} },
    };
    return { type, reply: replies[request] };
  };

  const open = (port, type, onMessage, onReady) => {
    const server = createServer((socket) =>
      speak(socket, type, (frames) => onMessage(socket, frames), onReady),
    );
    if (connection.transport === "ipc") server.listen(`${connection.ip}-${port}`);
    else server.listen(port, connection.ip);
  };
  open(connection.shell_port, "ROUTER", answer);
  open(connection.control_port, "ROUTER", answer);
  open(connection.stdin_port, "ROUTER", () => {});
  open(connection.hb_port, "REP", writeFrames);
  const listen = (socket) => {
    listeners.add(socket);
    socket.on("close", () => listeners.delete(socket));
  };
  open(connection.iopub_port, "PUB", () => {}, listen);
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || process.exit(1), 1000);
};

function kernelInfo(banner) {
  return {
    status: "ok",
    protocol_version: "5.3",
    implementation: "xorlab",
    implementation_version: "0",
    language_info: { name: "typescript", version: "0", mimetype: "text/typescript", file_extension: ".ts" },
    banner,
    help_links: [],
  };
}

function signed(key, parts) {
  if (!key) return "";
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

/**
 * Greets, and hands on each message as its frames.
 * @param onReady  is called when the client has greeted as well. A message that came sooner would be an error to it, after which it
 *                 never connects again.
 */
function speak(socket, type, onMessage, onReady = () => {}) {
  let rest = Buffer.alloc(0);
  let greeted = false;
  let message = [];
  const greeting = Buffer.alloc(GREETING);
  greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0]);
  greeting.write("NULL", SIGNATURE + 2);
  socket.write(greeting);
  socket.write(frame(COMMAND, ready(type)));
  socket.on("error", () => {});
  socket.on("data", (part) => {
    rest = Buffer.concat([rest, part]);
    if (!greeted) {
      if (rest.length < GREETING) return;
      greeted = true;
      rest = rest.subarray(GREETING);
    }
    for (;;) {
      const head = rest[0] & LONG ? 9 : 2;
      if (rest.length < head) return;
      const length = head === 9 ? Number(rest.readBigUInt64BE(1)) : rest[1];
      if (rest.length < head + length) return;
      const flags = rest[0];
      const body = rest.subarray(head, head + length);
      rest = rest.subarray(head + length);
      if (flags & COMMAND) {
        if (body.toString("latin1", 0, 6) === "\x05READY") onReady(socket);
        continue;
      }
      message.push(body);
      if (flags & MORE) continue;
      onMessage(message);
      message = [];
    }
  });
}

/** The command that ends the handshake, with what kind of socket this is. */
function ready(type) {
  const property = (name, value) => {
    const head = Buffer.from([name.length, ...Buffer.from(name), 0, 0, 0, value.length]);
    return Buffer.concat([head, Buffer.from(value)]);
  };
  return Buffer.concat([Buffer.from("\x05READY"), property("Socket-Type", type), property("Identity", "")]);
}

function writeFrames(socket, frames) {
  frames.forEach((body, i) => {
    socket.write(frame(i < frames.length - 1 ? MORE : 0, body));
  });
}

function frame(flags, body) {
  if (body.length < 256) return Buffer.concat([Buffer.from([flags, body.length]), body]);
  const head = Buffer.alloc(9);
  head[0] = flags | LONG;
  head.writeBigUInt64BE(BigInt(body.length), 1);
  return Buffer.concat([head, body]);
}

import type { FromKernel, ToKernel } from "../page/cells/notebook.js";
import type { Files, Ready } from "../page/kernel.js";
import type { FromWorker, ToWorker } from "../page/platform.js";
import { make } from "./elements.js";
import { page } from "./packed.js";

/**
 * A worker in a hidden frame. In a page from a file, browsers give page and workers origins that share nothing; a sandboxed
 * frame has one origin with its workers, so that a worker can see its blobs come and go, and hear Stop while it works.
 */
export interface FramedWorker {
  post(message: ToKernel | ToWorker | Files): void;
  stop(): void;
  /** Ends the worker, whatever it does. */
  end(): void;
}

/** From the frame: its worker's script did not run. */
interface Failed {
  readonly failed: string;
}

/** @returns when the worker is ready; later messages go to `hear` */
export function startFramed(
  script: Blob,
  hear: (message: FromKernel | FromWorker) => void,
): Promise<FramedWorker> {
  const { port1: port, port2 } = new MessageChannel();
  const srcdoc = `<script nonce="${page().nonce}">(${inFrame})()</script>`;
  const frame = make("iframe", { sandbox: "allow-scripts", hidden: "", srcdoc });
  frame.onload = () => frame.contentWindow?.postMessage(script, "*", [port2]);
  document.body.append(frame);
  const end = () => frame.remove();
  return new Promise((resolve, reject) => {
    port.onmessage = ({ data }: MessageEvent<FromKernel | FromWorker | Ready | Failed>) => {
      if ("ready" in data)
        resolve({ post: (message) => port.postMessage(message), stop: () => port.postMessage("stop"), end });
      else if (!("failed" in data)) hear(data);
      else {
        end();
        reject(new Error(data.failed));
      }
    };
  });
}

/** The frame's own script. Its text is put into the frame, so it refers to nothing outside of itself. */
function inFrame(): void {
  self.onmessage = ({ data: script, ports: [port] }: MessageEvent<Blob>) => {
    let sign = "";
    const nextSign = (): string => {
      URL.revokeObjectURL(sign);
      sign = URL.createObjectURL(new Blob());
      return sign;
    };
    const worker = new Worker(URL.createObjectURL(script));
    const post = (message: ToWorker) => worker.postMessage(message);
    worker.onmessage = ({ data }) => port.postMessage(data);
    worker.onerror = ({ message }) => port.postMessage({ failed: message } satisfies Failed);
    port.onmessage = ({ data }) =>
      data === "stop" ? post({ xorlab: "stop", sign: nextSign() }) : worker.postMessage(data);
    post({ xorlab: "script", script, sign: nextSign() });
  };
}

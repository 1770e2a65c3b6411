import { stripVTControlCharacters } from "node:util";

const BLINK = 120; // milliseconds between two pictures of the spinner
const SPINNER = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const NAME_WIDTH = 20; // columns for a step's name, so that the seconds stand under each other

/**
 * Prints one line a step: a tick, the step, its seconds and a word on what it did. On a terminal the line lives
 * while the step works, with the last line that the step's program printed.
 */
export class Progress {
  /** @param {NodeJS.WriteStream} stream */
  constructor(stream) {
    this.stream = stream;
    this.live = Boolean(stream.isTTY) && !process.env.CI && process.env.TERM !== "dumb";
    this.color = this.live && !process.env.NO_COLOR;
  }

  /**
   * @param {string} name
   * @param {(say: (line: string) => void) => Promise<string>} work  does the step; returns a word on what it did
   */
  async step(name, work) {
    const start = performance.now();
    let latest = "";
    let picture = 0;
    const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
    const draw = () =>
      this.#draw(`  ${SPINNER[picture++ % SPINNER.length]} ${columns(name, seconds(), latest)}`);
    const timer = this.live ? setInterval(draw, BLINK) : undefined;
    try {
      const done = await work((line) => {
        latest = line;
      });
      this.#clear();
      this.stream.write(`  ${this.#paint("32", "✓")} ${columns(name, seconds(), done)}\n`);
    } catch (error) {
      this.#clear();
      this.stream.write(`  ${this.#paint("31", "✗")} ${columns(name, seconds(), "failed")}\n`);
      throw error;
    } finally {
      clearInterval(timer);
    }
  }

  /** @param {string} line */
  #draw(line) {
    const width = this.stream.columns || 80;
    this.stream.write(`\r\x1b[K${line.slice(0, width - 1)}`);
  }

  #clear() {
    if (this.live) this.stream.write("\r\x1b[K");
  }

  /**
   * @param {string} code  of an ANSI colour
   * @param {string} text
   */
  #paint(code, text) {
    return this.color ? `\x1b[${code}m${text}\x1b[0m` : text;
  }
}

/**
 * @param {string} name
 * @param {string} seconds
 * @param {string} word
 */
function columns(name, seconds, word) {
  const plain = stripVTControlCharacters(word).replace(/[^\x20-\x7e\u00a0-\uffff]/g, " ");
  return `${name.padEnd(NAME_WIDTH)}${seconds.padStart(7)}   ${plain}`.trimEnd();
}

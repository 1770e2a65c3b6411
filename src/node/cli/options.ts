import { type ParseArgsConfig, parseArgs } from "node:util";
import { unknownName } from "../../check.js";

/**
 * Reads a command's arguments; --help was answered before.
 *
 * @param command  for errors, such as "xorlab export"
 * @param options  as node:util's parseArgs takes them
 * @throws RangeError for an unknown option, with the near miss; TypeError for one without its value, or with too many
 */
export function readOptions<Options extends NonNullable<ParseArgsConfig["options"]>>(
  command: string,
  argv: readonly string[],
  options: Options,
  allowPositionals = false,
): ReturnType<typeof parseArgs<{ args: string[]; options: Options; allowPositionals: boolean }>> {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const name = /'(-[^' ]*)/.exec(message)?.[1] ?? "";
    const known = [...Object.keys(options), "help"].map((option) => `--${option}`);
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") throw unknownName(command, "option", name, known);
    throw new TypeError(`${command}: ${message.split("\n")[0]}`);
  }
}

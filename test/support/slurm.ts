import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";

// Needs: Slurm

const PROGRAMS = ["munged", "slurmctld", "slurmd", "sbatch", "parallel"];
const PATH = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`; // where Debian puts the daemons

/** Why tests on Slurm and with GNU parallel are left out, or false. In CI they never are. */
export function noSlurm(): string | false {
  if (process.env.CI === "true") return false;
  const missing = PROGRAMS.find((name) => !PATH.split(":").some((folder) => existsSync(join(folder, name))));
  if (missing === undefined) return false;
  return `${missing} was not found; Debian: apt install munge slurmctld slurmd slurm-client parallel`;
}

/** A Slurm cluster of two nodes, both of them this machine. */
export interface Slurm {
  /** The environment in which sbatch, squeue and the others talk to it. */
  readonly env: NodeJS.ProcessEnv;
  /** Waits until no job is pending or running. */
  idle(): Promise<void>;
  end(): Promise<void>;
}

/** Starts a cluster of one's own, with its files in a folder, and waits for its nodes. */
export async function startSlurm(folder: string): Promise<Slurm> {
  const [control, one, two] = await Promise.all([freePort(), freePort(), freePort()]);
  const nodes = { one, two };
  const config = join(folder, "slurm.conf");
  const socket = join(folder, "munge.socket");
  writeFileSync(join(folder, "munge.key"), randomBytes(1024), { mode: 0o400 });
  writeFileSync(config, configText(folder, socket, control, nodes));
  for (const name of ["state", ...Object.keys(nodes)]) mkdirSync(join(folder, name));
  const env = { ...process.env, PATH, SLURM_CONF: config };
  const daemons: ChildProcess[] = [];
  const start = (program: string, ...argv: string[]): void => {
    daemons.push(spawn(program, argv, { env, stdio: "ignore" }));
  };
  const end = async (): Promise<void> => {
    asked("scancel", ["--user", userInfo().username], env); // a test that failed leaves jobs behind
    const none = () => /^(no answer)?$/.test(asked("squeue", ["-h"], env));
    await until(none, "the end of the jobs", undefined, ASKING);
    await Promise.all(daemons.reverse().map(ended));
  };
  const munge = { "key-file": "munge.key", "pid-file": "munge.pid", "seed-file": "munge.seed" };
  const files = Object.entries(munge).map(([option, name]) => `--${option}=${join(folder, name)}`);
  try {
    start("munged", "--foreground", "--force", `--socket=${socket}`, ...files);
    await until(() => existsSync(socket), "munged");
    start("slurmctld", "-D", "-i");
    for (const name of Object.keys(nodes)) start("slurmd", "-D", "-N", name);
    const states = () => asked("sinfo", ["-h", "-N", "-o", "%T"], env).trim();
    await until(
      () => states() === "idle\nidle",
      "the nodes",
      () => `${states()}\n${logs(folder)}`,
      ASKING,
    );
  } catch (error) {
    await end();
    throw error;
  }
  const idle = () =>
    until(
      () => asked("squeue", ["-h"], env) === "",
      "the jobs",
      () => asked("squeue", [], env),
      ASKING,
    );
  return { env, idle, end };
}

/** As little as such a cluster needs; it runs as whoever runs the test. */
function configText(
  folder: string,
  socket: string,
  control: number,
  nodes: Readonly<Record<string, number>>,
): string {
  const user = userInfo().username;
  const lines = Object.entries({
    ClusterName: "test",
    SlurmctldHost: "localhost",
    SlurmctldPort: control,
    AuthInfo: `socket=${socket},cred_expire=2`, // how long a job that is put back into the queue waits there, at least
    ...{ SlurmUser: user, SlurmdUser: user },
    StateSaveLocation: join(folder, "state"),
    SlurmdSpoolDir: join(folder, "%n"),
    SlurmctldPidFile: join(folder, "slurmctld.pid"),
    SlurmdPidFile: join(folder, "%n.pid"),
    SlurmctldLogFile: join(folder, "slurmctld.log"),
    SlurmdLogFile: join(folder, "%n.log"),
    SlurmdParameters: "config_overrides", // the nodes have more cores than the machine
    ...{
      ProctrackType: "proctrack/linuxproc",
      TaskPlugin: "task/none",
      SwitchType: "switch/none",
      MpiDefault: "none",
    },
    ...{ JobAcctGatherType: "jobacct_gather/none", AccountingStorageType: "accounting_storage/none" },
    ...{ SelectType: "select/cons_tres", SelectTypeParameters: "CR_Core" },
    ...{ SchedulerParameters: "sched_interval=1", KillWait: 5 },
  }).map(([name, value]) => `${name}=${value}`);
  const hosts = Object.entries(nodes).map(
    ([name, port]) =>
      `NodeName=${name} NodeHostname=localhost NodeAddr=127.0.0.1 Port=${port} CPUs=4 RealMemory=8000`,
  );
  const partition = "PartitionName=all Nodes=ALL Default=YES State=UP";
  return [...lines, ...hosts, partition, ""].join("\n");
}

function logs(folder: string): string {
  const tail = (name: string) => {
    const file = join(folder, `${name}.log`);
    return existsSync(file) ? readFileSync(file, "utf8").slice(-1500) : `no ${name}.log`;
  };
  return ["slurmctld", "one", "two"].map(tail).join("\n");
}

/** What a program of Slurm says; nothing while the cluster does not answer. */
function asked(program: string, argv: readonly string[], env: NodeJS.ProcessEnv): string {
  try {
    return execFileSync(program, argv, { env, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return "no answer";
  }
}

const LONGEST = 1_500_000; // milliseconds: far above what anything here takes on a busy machine

const ASKING = 500; // milliseconds between questions to Slurm's programs, each of which is a process

/** Waits until something is so. */
export async function until(isSo: () => boolean, what: string, told = () => "", between = 50): Promise<void> {
  for (const start = performance.now(); !isSo(); ) {
    if (performance.now() - start > LONGEST) throw new Error(`${what}: still not there; ${told()}`);
    await new Promise((resolve) => setTimeout(resolve, between));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}

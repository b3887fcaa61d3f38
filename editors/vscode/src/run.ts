/** Running a program and reading what it says; no shell, a time limit, a bound on what is kept. */
import { execFile } from "node:child_process";

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

export interface Outcome {
  /** The exit status; -1 when the program could not be started or ran out of time. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds. */
  readonly timeout?: number;
}

const LARGEST = 64 * 1024 * 1024;

/** Runs a command to its end; it never rejects. */
export function run(command: Command, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      command.program,
      [...command.args, ...args],
      {
        cwd: options.cwd,
        env: { ...process.env, PYTHONUTF8: "1", NO_COLOR: "1", ...options.env },
        timeout: options.timeout ?? 20_000,
        maxBuffer: LARGEST,
        windowsHide: true,
      },
      (error, stdout, stderr) => {
        const status = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
        resolve({ status, stdout, stderr: stderr || (status === -1 && error !== null ? error.message : "") });
      },
    ).stdin?.end();
  });
}

export function shown(command: Command): string {
  return [command.program, ...command.args].map((part) => (/\s/.test(part) ? `"${part}"` : part)).join(" ");
}

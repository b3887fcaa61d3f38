/** Finding the server: what the user named, what the environment offers, else the copy in this extension. */
import * as path from "node:path";
import * as vscode from "vscode";
import { expanded, findPython, OLDEST, selectedInterpreter, type Python } from "./python";
import { type Command, run, shown } from "./run";

export interface Found {
  readonly kind: "found";
  readonly command: Command;
  readonly version: string;
  /** Where it comes from, in words. */
  readonly origin: string;
}

export interface Missing {
  readonly kind: "missing";
  /** What is wrong, one sentence. */
  readonly problem: string;
  /** What can be done about it. */
  readonly remedy: "setting" | "python" | "parts";
  readonly python?: Python;
}

/** The exit status by which the bundled copy says that its compiled parts do not fit this Python. */
const NO_PARTS = 3;

/** Looks for a server and asks it for its version; it never rejects. */
export async function locate(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Promise<Found | Missing> {
  const settings = vscode.workspace.getConfiguration("wrongfix");
  const named = settings.get<string>("path", "").trim();
  if (named !== "") {
    const command = { program: expanded(named), args: [] };
    const answer = await versionOf(command, log);
    if (answer.version !== undefined) return found(command, answer.version, "the setting wrongfix.path");
    return {
      kind: "missing",
      problem: `The setting wrongfix.path names ${named}, which does not answer as wrongfix (${answer.said}).`,
      remedy: "setting",
    };
  }
  if (settings.get<string>("importStrategy") !== "useBundled") {
    const outside = await fromEnvironment(log);
    if (outside !== undefined) return outside;
  }
  return bundled(context, log);
}

/** Where pip puts compiled parts for Pythons that the bundled copy does not know. */
export function partsFolder(context: vscode.ExtensionContext, python: Python): string {
  return path.join(context.globalStorageUri.fsPath, `parts-${python.version.split(".").slice(0, 2).join(".")}`);
}

export function bundledFile(context: vscode.ExtensionContext, ...names: string[]): string {
  return path.join(context.extensionPath, "bundled", ...names);
}

async function fromEnvironment(log: vscode.LogOutputChannel): Promise<Found | undefined> {
  const onPath = { program: "wrongfix", args: [] };
  const answer = await versionOf(onPath, log);
  if (answer.version !== undefined) return found(onPath, answer.version, "PATH");
  const interpreter = await selectedInterpreter();
  if (interpreter === undefined) return undefined;
  // -P: a file named wrongfix.py in the working folder is not the server.
  const module = { program: interpreter, args: ["-P", "-m", "wrongfix"] };
  const said = await versionOf(module, log);
  return said.version === undefined
    ? undefined
    : found(module, said.version, "the interpreter selected in the Python extension");
}

async function bundled(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Promise<Found | Missing> {
  const { chosen: python, refused } = await findPython();
  if (python === undefined) {
    const seen = refused.length === 0 ? "none was found" : `only older ones were found: ${refused.join(", ")}`;
    return {
      kind: "missing",
      problem: `wrongfix needs Python ${OLDEST.join(".")} or newer, and ${seen}.`,
      remedy: "python",
    };
  }
  const start = bundledFile(context, "start.py");
  const command = { program: python.program, args: [...python.args, "-I", start, partsFolder(context, python)] };
  const answer = await versionOf(command, log);
  if (answer.version !== undefined) {
    return found(command, answer.version, `the copy in this extension, on Python ${python.version}`);
  }
  return {
    kind: "missing",
    problem:
      answer.status === NO_PARTS
        ? answer.said
        : `The copy of wrongfix in this extension does not start on Python ${python.version} (${answer.said}).`,
    remedy: answer.status === NO_PARTS ? "parts" : "python",
    python,
  };
}

interface Answer {
  readonly status: number;
  readonly version: string | undefined;
  readonly said: string;
}

async function versionOf(command: Command, log: vscode.LogOutputChannel): Promise<Answer> {
  const { status, stdout, stderr } = await run(command, ["--version"]);
  const version = status === 0 ? /^wrongfix (\S+)\s*$/.exec(stdout)?.[1] : undefined;
  const said = stderr.trim().split("\n").at(-1) || `it ended with status ${status}`;
  log.info(`${shown(command)}: ${version === undefined ? said : `wrongfix ${version}`}`);
  return { status, version, said };
}

function found(command: Command, version: string, origin: string): Found {
  return { kind: "found", command, version, origin };
}

/** Finding a Python that is new enough; a workspace that is not trusted has no say in which. */
import * as path from "node:path";
import * as vscode from "vscode";
import { type Command, run } from "./run";

/** The oldest Python the server runs on. */
export const OLDEST = [3, 11] as const;

export interface Python extends Command {
  /** Such as "3.12.4". */
  readonly version: string;
}

export interface Pythons {
  readonly chosen: Python | undefined;
  /** What was looked at and found wanting, in words. */
  readonly refused: readonly string[];
}

const ASK = "import sys; print('%d.%d.%d' % sys.version_info[:3])";

/** Returns the first Python that is new enough: the setting, the Python extension's, then what PATH names. */
export async function findPython(): Promise<Pythons> {
  const refused: string[] = [];
  for (const candidate of await candidates()) {
    const answer = await run(candidate, ["-I", "-c", ASK], { timeout: 10_000 });
    const version = answer.stdout.trim();
    if (answer.status !== 0 || !/^\d+\.\d+\.\d+$/.test(version)) continue;
    if (newEnough(version)) return { chosen: { ...candidate, version }, refused };
    const name = `${candidate.program} (Python ${version})`;
    if (!refused.includes(name)) refused.push(name);
  }
  return { chosen: undefined, refused };
}

/** Returns the interpreter the Python extension has selected; undefined without it or without trust. */
export async function selectedInterpreter(): Promise<string | undefined> {
  if (!vscode.workspace.isTrusted) return undefined;
  const environments = await pythonEnvironments();
  const chosen = environments?.getActiveEnvironmentPath(vscode.workspace.workspaceFolders?.[0]?.uri);
  if (environments === undefined || chosen === undefined) return undefined;
  const resolved = await environments.resolveEnvironment(chosen);
  return resolved?.executable.uri?.fsPath;
}

/** Calls back when another interpreter is selected in the Python extension. */
export async function onInterpreterSelected(callback: () => void): Promise<vscode.Disposable | undefined> {
  return (await pythonEnvironments())?.onDidChangeActiveEnvironmentPath(callback);
}

async function candidates(): Promise<Command[]> {
  const setting = vscode.workspace.getConfiguration("wrongfix").get<string>("interpreter", "").trim();
  if (setting !== "") return [{ program: expanded(setting), args: [] }];
  const names = ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11"];
  const found: Command[] = names.map((program) => ({ program, args: [] }));
  if (process.platform === "win32") found.unshift({ program: "py", args: ["-3"] });
  const selected = await selectedInterpreter();
  if (selected !== undefined) found.unshift({ program: selected, args: [] });
  return found;
}

/** Returns a path with `~` in place; the settings that name programs are the user's own, so this is all they need. */
export function expanded(setting: string): string {
  const home = process.env["HOME"] ?? process.env["USERPROFILE"] ?? "~";
  return setting.replace(/^~(?=$|[\\/])/, home).replace(/\//g, path.sep);
}

function newEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** The part of the Python extension's interface that is used here. */
interface Environments {
  getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string } | undefined;
  resolveEnvironment(
    path: { readonly path: string },
  ): Promise<{ readonly executable: { readonly uri?: vscode.Uri } } | undefined>;
  readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
}

async function pythonEnvironments(): Promise<Environments | undefined> {
  const extension = vscode.extensions.getExtension<{ environments?: Environments }>("ms-python.python");
  if (extension === undefined) return undefined;
  try {
    return (await extension.activate()).environments;
  } catch {
    return undefined;
  }
}

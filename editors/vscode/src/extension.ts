/** The extension: starts the server and offers commands; all knowledge about records is the server's. */
import * as vscode from "vscode";
import { newRecord, WorkspaceCheck } from "./commands";
import { configurationHelp } from "./configuration";
import { RulePages } from "./pages";
import { onInterpreterSelected } from "./python";
import { Server } from "./server";
import { menu, StatusBar } from "./status";

/** Settings that decide which server runs, or that it takes at its start alone; all others are sent to the one that runs. */
const AT_START = ["wrongfix.path", "wrongfix.interpreter", "wrongfix.importStrategy", "wrongfix.workspaceDiagnostics"];
const WALKTHROUGH = "wrongfix.wrongfix#wrongfix.start";

let server: Server | undefined;

export interface Interface {
  /** The process of the server, for tests and for other extensions that want to watch it. */
  readonly serverPid: () => number | undefined;
  /** Where the server comes from, in words. */
  readonly serverOrigin: () => string | undefined;
}

export function activate(context: vscode.ExtensionContext): Interface {
  const log = vscode.window.createOutputChannel("wrongfix", { log: true });
  const status = new StatusBar();
  const running = new Server(context, log, status);
  server = running;
  const command = () => running.found?.command;
  const pages = new RulePages(command);
  const check = new WorkspaceCheck(command, log);
  const commands: Readonly<Record<string, (...args: unknown[]) => unknown>> = {
    "wrongfix.restart": () => running.restart(),
    "wrongfix.showLog": () => log.show(),
    "wrongfix.checkWorkspace": () => check.check(),
    "wrongfix.newRecord": () => newRecord(command()),
    "wrongfix.rulePage": (code) => pages.open(code),
    "wrongfix.menu": () => menu(),
    "wrongfix.walkthrough": () => vscode.commands.executeCommand("workbench.action.openWalkthrough", WALKTHROUGH),
  };
  context.subscriptions.push(
    log,
    status,
    running,
    check,
    pages.register(),
    ...configurationHelp(context),
    ...Object.entries(commands).map(([id, does]) => vscode.commands.registerCommand(id, does)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => running.restart()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (AT_START.some((setting) => change.affectsConfiguration(setting))) void running.restart();
    }),
  );
  // Not awaited: looking for a server takes as long as the programs that are asked, and other extensions need not wait.
  void running.restart().then(() => followInterpreter(context, running));
  return { serverPid: () => running.pid, serverOrigin: () => running.found?.origin };
}

async function followInterpreter(context: vscode.ExtensionContext, running: Server): Promise<void> {
  const listener = await onInterpreterSelected(() => void running.restart());
  if (listener !== undefined) context.subscriptions.push(listener);
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

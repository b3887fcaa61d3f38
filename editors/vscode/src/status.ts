/** The status bar item: whether the server runs, which one, and the way to a restart. */
import * as vscode from "vscode";
import type { Found } from "./locate";

export type State = "starting" | "running" | "stopped" | "missing";

const SHOWN: Readonly<Record<State, { readonly icon: string; readonly words: string }>> = {
  starting: { icon: "sync~spin", words: "starting" },
  running: { icon: "pass", words: "running" },
  stopped: { icon: "error", words: "stopped" },
  missing: { icon: "warning", words: "cannot start" },
};

interface Choice extends vscode.QuickPickItem {
  readonly command: string;
  readonly args?: readonly unknown[];
}

const CHOICES: readonly Choice[] = [
  { label: "$(debug-restart) Restart the server", command: "wrongfix.restart" },
  { label: "$(output) Show the log", command: "wrongfix.showLog" },
  { label: "$(checklist) Check the workspace", command: "wrongfix.checkWorkspace" },
  { label: "$(new-file) New record", command: "wrongfix.newRecord" },
  { label: "$(book) Open a rule's page", command: "wrongfix.rulePage" },
  { label: "$(gear) Settings", command: "workbench.action.openSettings", args: ["@ext:wrongfix.wrongfix"] },
];

export class StatusBar implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;

  constructor() {
    this.item = vscode.window.createStatusBarItem("wrongfix.status", vscode.StatusBarAlignment.Right, 90);
    this.item.name = "wrongfix";
    this.item.command = "wrongfix.menu";
  }

  show(state: State, server?: Found, detail?: string): void {
    const { icon, words } = SHOWN[state];
    this.item.text = `$(${icon}) wrongfix`;
    const lines = [`wrongfix is ${words}.`];
    if (server !== undefined) lines.push(`Version ${server.version}, from ${server.origin}.`);
    if (detail !== undefined) lines.push(detail);
    this.item.tooltip = lines.join("\n");
    this.item.accessibilityInformation = { label: lines.join(" "), role: "button" };
    const colour = { starting: "", running: "", stopped: "error", missing: "warning" }[state];
    this.item.backgroundColor =
      colour === "" ? undefined : new vscode.ThemeColor(`statusBarItem.${colour}Background`);
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}

/** Offers what can be done, from the status bar. */
export async function menu(): Promise<void> {
  const choice = await vscode.window.showQuickPick(CHOICES, { title: "wrongfix" });
  if (choice !== undefined) await vscode.commands.executeCommand(choice.command, ...(choice.args ?? []));
}

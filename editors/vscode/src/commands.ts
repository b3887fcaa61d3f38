/** What the user can ask for: a check of the whole workspace, and a new record. */
import * as path from "node:path";
import * as vscode from "vscode";
import { type Command, run } from "./run";

/** What `check --output-format json` prints, as far as it is read here. */
interface Report {
  readonly files: number;
  readonly records: number;
  readonly findings: readonly {
    readonly code: string;
    readonly severity: "error" | "warning" | "info";
    readonly message: string;
    readonly filename: string;
    readonly location: Place;
    readonly end_location: Place;
  }[];
}

interface Place {
  readonly row: number;
  readonly column: number;
}

const SEVERITY = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
} as const;

/** Findings of files that are not open, for when the server only looks at open ones; they go when a file is opened. */
export class WorkspaceCheck implements vscode.Disposable {
  private readonly findings = vscode.languages.createDiagnosticCollection("wrongfix-workspace");
  private readonly listener = vscode.workspace.onDidOpenTextDocument((document) => this.findings.delete(document.uri));

  constructor(
    private readonly command: () => Command | undefined,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  dispose(): void {
    this.listener.dispose();
    this.findings.dispose();
  }

  /** Checks every folder, shows what was found in the Problems panel and says how much it was. */
  async check(): Promise<void> {
    const command = this.command();
    const folders = vscode.workspace.workspaceFolders ?? [];
    if (command === undefined || folders.length === 0) {
      const why = command === undefined ? "wrongfix does not run." : "Open a folder first.";
      void vscode.window.showWarningMessage(why);
      return;
    }
    this.findings.clear();
    const title = { location: vscode.ProgressLocation.Window, title: "wrongfix checks the workspace" };
    const reports = await vscode.window.withProgress(title, () =>
      Promise.all(folders.map((folder) => this.checkFolder(command, folder))),
    );
    const read = reports.filter((report) => report !== undefined);
    if (read.length < reports.length) return;
    const records = read.reduce((sum, report) => sum + report.records, 0);
    const found = read.reduce((sum, report) => sum + report.findings.length, 0);
    await vscode.commands.executeCommand("workbench.actions.view.problems");
    void vscode.window.showInformationMessage(
      `wrongfix: ${counted(records, "record")}, ${found === 0 ? "no findings" : counted(found, "finding")}.`,
    );
  }

  private async checkFolder(command: Command, folder: vscode.WorkspaceFolder): Promise<Report | undefined> {
    const cwd = folder.uri.fsPath;
    const answer = await run(command, ["check", "--output-format", "json", "--exit-zero"], { cwd, timeout: 120_000 });
    try {
      const report = JSON.parse(answer.stdout) as Report;
      if (!vscode.workspace.getConfiguration("wrongfix", folder).get<boolean>("workspaceDiagnostics", true)) {
        this.show(report, folder);
      }
      return report;
    } catch {
      this.log.error(`check in ${cwd} ended with status ${answer.status}: ${answer.stderr.trim()}`);
      void vscode.window.showErrorMessage(`wrongfix could not check ${folder.name}: ${answer.stderr.trim()}`);
      return undefined;
    }
  }

  private show(report: Report, folder: vscode.WorkspaceFolder): void {
    const open = new Set(vscode.workspace.textDocuments.map((document) => document.uri.toString()));
    const entries = report.findings.map((finding): [vscode.Uri, vscode.Diagnostic[]] => {
      const { location: from, end_location: to } = finding;
      const range = new vscode.Range(from.row - 1, from.column - 1, to.row - 1, to.column - 1);
      const shown = new vscode.Diagnostic(range, finding.message, SEVERITY[finding.severity]);
      shown.source = "wrongfix";
      shown.code = finding.code;
      return [vscode.Uri.joinPath(folder.uri, finding.filename), [shown]];
    });
    const closed = entries.filter(([uri]) => !open.has(uri.toString()));
    for (const [uri, shown] of closed) this.findings.set(uri, [...(this.findings.get(uri) ?? []), ...shown]);
  }
}

/** Asks for a title, lets `wrongfix new` write the record in the project's format, and opens it. */
export async function newRecord(command: Command | undefined): Promise<void> {
  const folder = await askFolder();
  if (command === undefined || folder === undefined) {
    void vscode.window.showWarningMessage(command === undefined ? "wrongfix does not run." : "Open a folder first.");
    return;
  }
  const title = await vscode.window.showInputBox({
    title: "New decision record",
    prompt: "What is decided, as a sentence or a few words",
    placeHolder: "Retrieve the current prices instead of training them",
    validateInput: (value) => (value.trim() === "" ? "A record needs a title." : undefined),
  });
  if (title === undefined) return;
  const answer = await run(command, ["new", "--", title.trim()], { cwd: folder.uri.fsPath });
  const named = answer.stdout.trim().split("\n").at(-1) ?? "";
  if (answer.status !== 0 || named === "") {
    void vscode.window.showErrorMessage(`No record was written: ${answer.stderr.trim()}`);
    return;
  }
  const file = path.resolve(folder.uri.fsPath, named);
  await vscode.window.showTextDocument(vscode.Uri.file(file));
}

async function askFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length < 2 ? folders[0] : vscode.window.showWorkspaceFolderPick();
}

function counted(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}

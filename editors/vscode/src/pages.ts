/** Pages of rules, as the server's own `rule` command writes them, shown in the Markdown preview. */
import * as vscode from "vscode";
import { type Command, run } from "./run";

const SCHEME = "wrongfix-rule";
const CODE = /^[A-Z]{2,4}\d{3}$/;

/** What `rule --output-format json` prints for each rule, as far as it is read here. */
interface Rule {
  readonly code: string;
  readonly name: string;
  readonly summary: string;
}

/** Serves `wrongfix-rule:CODE.md`. */
export class RulePages implements vscode.TextDocumentContentProvider {
  constructor(private readonly command: () => Command | undefined) {}

  register(): vscode.Disposable {
    return vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const command = this.command();
    if (command === undefined) return "wrongfix does not run, so there are no rules to show.";
    const answer = await run(command, ["rule", "--output-format", "markdown", uri.path.replace(/\.md$/, "")]);
    return answer.status === 0 ? answer.stdout : answer.stderr;
  }

  /** Opens the page of a rule; without a code, asks which. */
  async open(code?: unknown): Promise<void> {
    const chosen = typeof code === "string" && CODE.test(code) ? code : await this.ask();
    if (chosen === undefined) return;
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `${chosen}.md` });
    await vscode.commands.executeCommand("markdown.showPreview", uri);
  }

  private async ask(): Promise<string | undefined> {
    const command = this.command();
    if (command === undefined) return undefined;
    const answer = await run(command, ["rule", "--output-format", "json"]);
    if (answer.status !== 0) {
      void vscode.window.showErrorMessage(`wrongfix did not list its rules: ${answer.stderr.trim()}`);
      return undefined;
    }
    const rules = (JSON.parse(answer.stdout) as Rule[]).map(({ code, name, summary }) => ({
      label: code,
      description: name,
      detail: summary,
    }));
    const options = { title: "Rules of wrongfix", matchOnDescription: true, matchOnDetail: true };
    return (await vscode.window.showQuickPick(rules, options))?.label;
  }
}

/** Returns the code in the address of a packaged page, such as `file:///…/KNW002-tuning-on-changing-facts.md`. */
export function codeOfPage(address: unknown): string | undefined {
  return typeof address === "string" && address.startsWith("file:")
    ? /\/([A-Z]{2,4}\d{3})-[a-z0-9-]+\.md$/.exec(address)?.[1]
    : undefined;
}

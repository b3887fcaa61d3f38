/** Saying what is missing, and installing it after a yes; nothing is fetched unasked. */
import * as vscode from "vscode";
import { bundledFile, type Missing, partsFolder } from "./locate";
import type { Python } from "./python";
import { run } from "./run";

const PARTS = "Install the missing parts";
const SETTINGS = "Open settings";
const SELECT = "Select interpreter";
const HELP = "How to install Python";
const LOG = "Show log";

/** Tells the user what is missing and offers what helps; returns whether it is worth looking again. */
export async function tell(
  missing: Missing,
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): Promise<boolean> {
  const selectable = vscode.workspace.isTrusted && vscode.extensions.getExtension("ms-python.python") !== undefined;
  const offers = {
    setting: [SETTINGS, LOG],
    python: [HELP, ...(selectable ? [SELECT] : []), SETTINGS, LOG],
    parts: [PARTS, SETTINGS, LOG],
  }[missing.remedy];
  log.error(missing.problem);
  switch (await vscode.window.showErrorMessage(missing.problem, ...offers)) {
    case PARTS:
      return missing.python !== undefined && installParts(missing.python, context, log);
    case SETTINGS: {
      const id = missing.remedy === "setting" ? "wrongfix.path" : "wrongfix.interpreter";
      await vscode.commands.executeCommand("workbench.action.openSettings", id);
      return false;
    }
    case SELECT:
      await vscode.commands.executeCommand("python.setInterpreter");
      return false;
    case HELP:
      await vscode.commands.executeCommand("wrongfix.walkthrough");
      return false;
    case LOG:
      log.show();
      return false;
    default:
      return false;
  }
}

/** Installs the compiled parts for one Python into the extension's own folder; returns whether that worked. */
async function installParts(
  python: Python,
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): Promise<boolean> {
  const target = partsFolder(context, python);
  const args = ["-I", "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-deps", "--upgrade"];
  const outcome = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Installing parts of wrongfix for Python ${python.version}` },
    () =>
      run(python, [...args, "--target", target, "--requirement", bundledFile(context, "native.txt")], {
        timeout: 600_000,
      }),
  );
  log.info(outcome.stdout.trim());
  if (outcome.status === 0) return true;
  log.error(outcome.stderr.trim());
  const why = outcome.stderr.trim().split("\n").at(-1) ?? "";
  const choice = await vscode.window.showErrorMessage(`pip could not install the missing parts: ${why}`, LOG);
  if (choice === LOG) log.show();
  return false;
}

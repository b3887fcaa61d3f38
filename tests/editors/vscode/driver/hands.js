// What the scenarios do over and over: wait, open, edit, ask.
const vscode = require("vscode");
const path = require("path");

const RECORD = "docs/decisions/0003-opening-hours.md";

async function until(condition, why, seconds = 20) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const seen = await condition();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(why);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

async function open(folder, name = RECORD) {
  const document = await vscode.workspace.openTextDocument(path.join(folder, name));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

const findings = (document) => vscode.languages.getDiagnostics(document.uri).filter((each) => each.source === "wrongfix");
const found = (document) => until(() => findings(document).length > 0 && findings(document), "no finding came");
const extension = () => vscode.extensions.getExtension("wrongfix.wrongfix");
const interface_ = async () => until(() => extension().isActive && extension().exports, "the extension is not active");

async function edit(document, change) {
  const edits = new vscode.WorkspaceEdit();
  change(edits);
  if (!(await vscode.workspace.applyEdit(edits))) throw new Error("the edit was refused");
}

const actions = (document, range, kind) =>
  vscode.commands.executeCommand("vscode.executeCodeActionProvider", document.uri, range, kind);

function replaceWord(document, from, to) {
  const start = document.getText().indexOf(from);
  if (start < 0) throw new Error(`no ${from} in the document`);
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + from.length));
  return edit(document, (edits) => edits.replace(document.uri, range, to));
}

/** Runs `body` with a setting, then takes it back. */
async function withSetting(name, value, body) {
  const settings = vscode.workspace.getConfiguration("wrongfix");
  await settings.update(name, value, vscode.ConfigurationTarget.Workspace);
  try {
    return await body();
  } finally {
    await settings.update(name, undefined, vscode.ConfigurationTarget.Workspace);
  }
}

const words = (hovers) => hovers.flatMap((hover) => hover.contents).map((each) => each.value ?? each).join("\n");

module.exports = { RECORD, until, open, findings, found, interface_, edit, actions, replaceWord, withSetting, words };

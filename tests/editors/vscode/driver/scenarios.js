// What the tests do inside the extension host, by scenario; each function throws when something is not as it should be.
const vscode = require("vscode");
const fs = require("fs");
const path = require("path");

const { RECORD, until, open, findings, found, interface_, edit, actions, replaceWord, withSetting, words } =
  require("./hands");

const MISFIT = { line: 5, from: 11, to: 22 };

exports.single = {
  "the copy in the extension serves where only a bare Python is": async (_folder, assert) => {
    const { serverOrigin } = await interface_();
    assert.match(await until(serverOrigin, "no server was found"), /the copy in this extension, on Python 3\.\d+/);
  },
  "a misfit is seen at its place": async (folder, assert) => {
    const [finding] = await found(await open(folder));
    const { range } = finding;
    assert.deepStrictEqual(
      { line: range.start.line, from: range.start.character, to: range.end.character },
      MISFIT,
    );
    assert.strictEqual(finding.code.value, "KNW002");
    assert.ok(finding.code.target, "the code links to no page");
  },
  "a hover explains the tag": async (folder, assert) => {
    const document = await open(folder);
    await found(document);
    const at = new vscode.Position(4, 20);
    const hovers = await vscode.commands.executeCommand("vscode.executeHoverProvider", document.uri, at);
    assert.match(words(hovers), /stale/i);
  },
  "completion offers tags in an unfinished list": async (folder, assert) => {
    const document = await open(folder);
    await found(document);
    await replaceWord(document, "failure-tags: [stale-knowledge]", "failure-tags: [stale-knowledge, miss");
    const at = new vscode.Position(4, "failure-tags: [stale-knowledge, miss".length);
    const offered = await until(async () => {
      const list = await vscode.commands.executeCommand("vscode.executeCompletionItemProvider", document.uri, at);
      return list.items.some((item) => (item.label.label ?? item.label) === "missing-citations") && list;
    }, "missing-citations is not offered");
    assert.ok(offered.items.length > 0);
  },
  "the code lens is off, and sums up the record when switched on": async (folder, assert) => {
    const document = await open(folder);
    await found(document);
    const lenses = () => vscode.commands.executeCommand("vscode.executeCodeLensProvider", document.uri, 10);
    const ours = async () => ((await lenses()) ?? []).filter((lens) => /fine-tuning/.test(lens.command?.title ?? ""));
    assert.strictEqual((await ours()).length, 0);
    await withSetting("codeLens", true, () => until(async () => (await ours()).length > 0, "no code lens came"));
  },
  "a capability can be switched off": async (folder) => {
    const document = await open(folder);
    await found(document);
    await withSetting("diagnostics", false, () =>
      until(() => findings(document).length === 0, "findings stayed though switched off"),
    );
    await found(document);
  },
  "fix all applies what is safe": async (folder, assert) => {
    const name = "docs/decisions/0004-typo.md";
    const text = fs.readFileSync(path.join(folder, RECORD), "utf8").replace("stale-knowledge", "stale-knowlege");
    fs.writeFileSync(path.join(folder, name), text);
    const document = await open(folder, name);
    await until(() => findings(document).some((each) => each.code.value.startsWith("TAG")), "the typo is not seen");
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const [all] = await actions(document, whole, "source.fixAll.wrongfix");
    assert.ok(all?.edit, "nothing to apply");
    assert.ok(await vscode.workspace.applyEdit(all.edit));
    assert.match(document.getText(), /failure-tags: \[stale-knowledge\]\napproach: \[fine-tuning\]/);
  },
  "keys and values of the configuration are completed": async (folder, assert) => {
    const document = await open(folder, "wrongfix.toml");
    const labels = async (line, column) => {
      const at = new vscode.Position(line, column);
      const list = await vscode.commands.executeCommand("vscode.executeCompletionItemProvider", document.uri, at);
      return list.items.map((item) => item.label.label ?? item.label);
    };
    await edit(document, (edits) => edits.insert(document.uri, new vscode.Position(0, 0), 'prof\nprofile = "'));
    assert.ok((await labels(0, 4)).includes("profile"));
    assert.ok((await labels(1, 11)).includes("strict"));
  },
  "a broken configuration is said in its file, and the last good one holds": async (folder, assert) => {
    const document = await open(folder);
    await found(document);
    const file = path.join(folder, "wrongfix.toml");
    const inConfiguration = () => vscode.languages.getDiagnostics(vscode.Uri.file(file));
    fs.writeFileSync(file, 'profil = "strict"\n');
    await until(() => inConfiguration().some((each) => /profile/.test(each.message)), "the unknown key is not said");
    assert.strictEqual(findings(document).length, 1);
    fs.writeFileSync(file, "");
    await until(() => inConfiguration().length === 0, "the mended configuration is still blamed");
  },
  "a check of the workspace finds what the server was told to leave alone": async (folder, assert) => {
    const closed = vscode.Uri.file(path.join(folder, "docs/decisions/0006-closed.md"));
    await withSetting("workspaceDiagnostics", false, async () => {
      fs.copyFileSync(path.join(folder, RECORD), closed.fsPath);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      assert.strictEqual(vscode.languages.getDiagnostics(closed).length, 0);
      await vscode.commands.executeCommand("wrongfix.checkWorkspace");
      await until(() => vscode.languages.getDiagnostics(closed).length === 1, "no finding of the closed record");
      const [finding] = vscode.languages.getDiagnostics(closed);
      assert.strictEqual(finding.range.start.line, MISFIT.line);
      assert.strictEqual(finding.range.start.character, MISFIT.from);
    });
  },
  "the page of a rule opens rendered": async (folder) => {
    await open(folder);
    await vscode.commands.executeCommand("wrongfix.rulePage", "KNW002");
    await until(
      () => vscode.window.tabGroups.all.flatMap((group) => group.tabs).some((tab) => /KNW002/.test(tab.label)),
      "no preview opened",
    );
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  },
  "the server is started again after it was killed": async (folder, assert) => {
    const document = await open(folder);
    await found(document);
    const { serverPid } = await interface_();
    const before = serverPid();
    process.kill(before, "SIGKILL");
    await until(() => serverPid() && serverPid() !== before, "no new server was started");
    await replaceWord(document, "fine-tuning", "rag");
    await until(() => findings(document).length === 0, "the new server does not follow");
    await replaceWord(document, "[rag]", "[fine-tuning]");
    assert.strictEqual((await found(document))[0].range.start.line, MISFIT.line);
  },
  "restart by command": async (folder) => {
    const document = await open(folder);
    const { serverPid } = await interface_();
    const before = serverPid();
    await vscode.commands.executeCommand("wrongfix.restart");
    await until(() => serverPid() && serverPid() !== before, "no new server was started");
    await found(document);
  },
  "the quick fix leaves the fixed file": async (folder, assert) => {
    const document = await open(folder);
    const [finding] = await found(document);
    const offered = await actions(document, finding.range, "quickfix");
    assert.match(offered[0].title, /^Replace fine-tuning by rag/);
    assert.ok(await vscode.workspace.applyEdit(offered[0].edit));
    await until(() => findings(document).length === 0, "the finding stayed");
    const text = document.getText();
    await document.save();
    assert.strictEqual(fs.readFileSync(document.uri.fsPath, "utf8"), text);
    assert.match(text, /^approach: \[rag\]$/m);
    await replaceWord(document, "[rag]", "[fine-tuning]");
    await document.save();
  },
};

exports.roots = {
  "each folder keeps its own configuration": async (_folder, assert) => {
    const [one, other] = vscode.workspace.workspaceFolders.map((folder) => folder.uri.fsPath);
    const strict = await open(one);
    await found(strict);
    const ignoring = await open(other);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.strictEqual(findings(ignoring).length, 0, "the other folder ignores KNW002");
    assert.ok(findings(strict).length > 0);
  },
  "a finding in a record that is not open is in the Problems panel": async (_folder) => {
    const closed = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, "docs/decisions/0005-closed.md");
    await until(() => vscode.languages.getDiagnostics(closed).length > 0, "no finding of the closed record");
  },
};

exports.environment = {
  "the wrongfix on PATH goes before the bundled copy": async (folder, assert) => {
    const { serverOrigin } = await interface_();
    assert.strictEqual(await until(serverOrigin, "no server was found"), "PATH");
    await found(await open(folder));
  },
};

exports.interpreter = {
  "the interpreter selected in the Python extension goes before the bundled copy": async (folder, assert) => {
    const { serverOrigin } = await interface_();
    const origin = await until(serverOrigin, "no server was found");
    assert.strictEqual(origin, "the interpreter selected in the Python extension");
    await found(await open(folder));
  },
};

exports.untrusted = {
  "before the workspace is trusted, the selected interpreter is not started": async (folder, assert) => {
    assert.strictEqual(vscode.workspace.isTrusted, false);
    const { serverOrigin } = await interface_();
    assert.match(await until(serverOrigin, "no server was found"), /the copy in this extension/);
    await found(await open(folder));
  },
};

exports.missing = {
  "without a server nothing else breaks": async (folder, assert) => {
    const { serverOrigin } = await interface_();
    const document = await open(folder);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    assert.strictEqual(serverOrigin(), undefined);
    assert.strictEqual(findings(document).length, 0);
    assert.ok((await vscode.commands.getCommands(true)).includes("wrongfix.restart"));
  },
};

exports.parts = {
  "the missing parts are installed after a yes, and the server starts": async (folder, assert) => {
    const { serverOrigin } = await interface_();
    // The driver of the screen presses the button meanwhile.
    assert.match(await until(serverOrigin, "no server was found", 100), /the copy in this extension/);
    await found(await open(folder));
  },
};

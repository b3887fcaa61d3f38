/** Help in configuration files: keys and values out of the schema; what is wrong there, the server says. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";

interface Schema {
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
}

const FILES: vscode.DocumentSelector = [
  { scheme: "file", pattern: "**/wrongfix.toml" },
  { scheme: "file", pattern: "**/.wrongfix.toml" },
];
const KEY = /^\s*([\w-]*)$/;
const VALUE = /^\s*([\w-]+)\s*=\s*"?([\w-]*)$/;
const TABLE = /^\s*\[([\w-]+)\]\s*$/;

/** Registers completion of keys and values, and a hover that says what a key is for. */
export function configurationHelp(context: vscode.ExtensionContext): vscode.Disposable[] {
  const file = path.join(context.extensionPath, "schemas", "config.json");
  const keys = (JSON.parse(readFileSync(file, "utf8")) as Schema).properties ?? {};
  return [
    vscode.languages.registerCompletionItemProvider(FILES, {
      provideCompletionItems: (document, position) => complete(keys, document, position),
    }),
    vscode.languages.registerHoverProvider(FILES, {
      provideHover(document, position) {
        const range = document.getWordRangeAtPosition(position, /[\w-]+/);
        const about = range && keys[document.getText(range)]?.description;
        return about === undefined ? undefined : new vscode.Hover(about, range);
      },
    }),
  ];
}

function complete(
  keys: Readonly<Record<string, Schema>>,
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.CompletionItem[] {
  const before = document.lineAt(position).text.slice(0, position.character);
  const table = tableAt(document, position.line);
  const value = VALUE.exec(before);
  if (value !== null) {
    const extra = table === undefined ? undefined : keys[table]?.additionalProperties;
    const schema = table === undefined ? keys[value[1] ?? ""] : typeof extra === "object" ? extra : undefined;
    const quoted = before.slice(0, before.length - (value[2] ?? "").length).endsWith('"');
    return (schema?.enum ?? []).map((each) => {
      const item = new vscode.CompletionItem(each, vscode.CompletionItemKind.EnumMember);
      item.insertText = quoted ? each : `"${each}"`;
      return item;
    });
  }
  if (table !== undefined || !KEY.test(before)) return [];
  return Object.entries(keys).map(([key, schema]) => {
    const item = new vscode.CompletionItem(key, vscode.CompletionItemKind.Property);
    item.documentation = schema.description ?? "";
    item.range = document.getWordRangeAtPosition(position, /[\w-]+/) ?? new vscode.Range(position, position);
    return item;
  });
}

/** Returns the name of the table a line stands in; undefined at the top. */
function tableAt(document: vscode.TextDocument, line: number): string | undefined {
  for (let above = line; above >= 0; above--) {
    const found = TABLE.exec(document.lineAt(above).text);
    if (found !== null) return found[1];
  }
  return undefined;
}

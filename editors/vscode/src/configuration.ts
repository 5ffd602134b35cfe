// Completion in agentls.toml, from the server's own schema and the names of its rules.
// What is wrong in it the server says: it is the one that reads the file.

import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";

interface Property {
  readonly description: string;
  readonly type?: string;
  readonly $ref?: string;
}
interface Schema {
  readonly $defs: { readonly level: { readonly enum: readonly string[] } };
  readonly properties: Readonly<Record<string, Property>>;
}

export function completeConfiguration(server: string): vscode.Disposable {
  const selector = { scheme: "file", pattern: "**/agentls.toml" };
  return vscode.languages.registerCompletionItemProvider(selector, new Completion(server), "[", '"', "=");
}

class Completion implements vscode.CompletionItemProvider {
  constructor(private readonly server: string) {}

  provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
    const before = document.lineAt(position).text.slice(0, position.character);
    const schema = this.schema();
    const table = tableAbove(document, position.line);
    if (/^\s*\[[\w-]*$/.test(before)) return tables(schema);
    if (table === undefined) return /^\s*[\w-]*$/.test(before) ? settings(schema) : [];
    if (table !== "rules" && !table.startsWith("per-path.")) return [];
    if (/^\s*[\w-]*$/.test(before)) return this.rules();
    const opened = /=\s*("?)[a-z]*$/.exec(before);
    return opened ? schema.$defs.level.enum.map((level) => value(level, opened[1])) : [];
  }

  private schema(): Schema {
    return JSON.parse(fs.readFileSync(path.join(this.server, "schemas", "settings.json"), "utf8"));
  }

  private rules(): vscode.CompletionItem[] {
    return fs.readdirSync(path.join(this.server, "linter", "pages")).map((page) => {
      return item(path.basename(page, ".md"), vscode.CompletionItemKind.EnumMember, " = \"$0\"");
    });
  }
}

/** The table that a line belongs to; undefined above the first. */
function tableAbove(document: vscode.TextDocument, line: number): string | undefined {
  for (let above = line - 1; above >= 0; above--) {
    const found = /^\s*\[\s*([^[\]]+?)\s*\]/.exec(document.lineAt(above).text);
    if (found) return found[1];
  }
  return undefined;
}

function isTable(property: Property): boolean {
  return property.type === "object" || property.$ref === "#/$defs/rules";
}

function settings(schema: Schema): vscode.CompletionItem[] {
  return Object.entries(schema.properties).filter(([, property]) => !isTable(property)).map(([name, property]) => {
    const isList = property.$ref === "#/$defs/names";
    const start = isList ? ' = ["$0"]' : property.type === "boolean" ? " = ${1|true,false|}" : " = $0";
    return item(name, vscode.CompletionItemKind.Property, start, property.description);
  });
}

function tables(schema: Schema): vscode.CompletionItem[] {
  return Object.entries(schema.properties).filter(([, property]) => isTable(property)).map(([name, property]) => {
    const rest = name === "per-path" ? '."$0"' : "";
    return item(name, vscode.CompletionItemKind.Module, rest, property.description);
  });
}

function value(level: string, quote: string): vscode.CompletionItem {
  const found = new vscode.CompletionItem(level, vscode.CompletionItemKind.Value);
  found.insertText = quote ? level : `"${level}"`;
  return found;
}

/** A name and what follows it, as a snippet. */
function item(name: string, kind: vscode.CompletionItemKind, rest: string, about = ""): vscode.CompletionItem {
  const found = new vscode.CompletionItem(name, kind);
  found.insertText = new vscode.SnippetString(name + rest);
  found.documentation = new vscode.MarkdownString(about);
  return found;
}

// VS Code completes some fields and tools of agents by itself: what it offers is left to it.

import * as vscode from "vscode";

type Items = vscode.CompletionItem[] | vscode.CompletionList | null | undefined;

// The only character at which VS Code's own completion opens; at our other ones nobody else is asked.
const SHARED_TRIGGER = ":";

export class Doubles {
  /** The places for which the others are being asked, in which we stay silent. */
  private readonly asking = new Set<string>();

  /** The items that nobody else offers at this place. */
  async without(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.CompletionContext,
    ours: () => vscode.ProviderResult<Items>,
  ): Promise<Items> {
    const place = `${document.uri}#${document.version}:${position.line}:${position.character}`;
    if (this.asking.has(place)) return [];
    const items = await ours();
    if (!items) return items;
    const list = Array.isArray(items) ? items : items.items;
    if (!mayDouble(document, context) && !list.some(isOfPath)) return items;
    this.asking.add(place);
    try {
      const taken = await offeredByOthers(document.uri, position, context.triggerCharacter);
      const own = list.filter((item) => !taken.has(label(item)));
      return Array.isArray(items) ? own : new vscode.CompletionList(own, items.isIncomplete);
    } finally {
      this.asking.delete(place);
    }
  }
}

function mayDouble(document: vscode.TextDocument, context: vscode.CompletionContext): boolean {
  if (document.languageId === "markdown") return false;
  return context.triggerCharacter === undefined || context.triggerCharacter === SHARED_TRIGGER;
}

/** VS Code completes the paths of links in Markdown. */
function isOfPath(item: vscode.CompletionItem): boolean {
  return item.kind === vscode.CompletionItemKind.File || item.kind === vscode.CompletionItemKind.Folder;
}

async function offeredByOthers(
  uri: vscode.Uri, position: vscode.Position, character: string | undefined,
): Promise<Set<string>> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider", uri, position, character,
  );
  // Words of the document are only shown where nobody has anything better.
  const items = (list?.items ?? []).filter((item) => item.kind !== vscode.CompletionItemKind.Text);
  return new Set(items.map(label));
}

function label(item: vscode.CompletionItem): string {
  return typeof item.label === "string" ? item.label : item.label.label;
}

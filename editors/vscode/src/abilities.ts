// The commands of our own that the server may put on what it offers.

import type { ClientCapabilities, StaticFeature } from "vscode-languageclient/node";
import { SHOW } from "./lenses";
import { SHOW_TEXT } from "./rendered";

export const ABILITY: StaticFeature = {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    capabilities.experimental = { ...capabilities.experimental, commands: { commands: [SHOW, SHOW_TEXT] } };
  },
  initialize() {},
  getState: () => ({ kind: "static" }),
  clear() {},
};

// What happens when the server crashes: it is restarted, but not forever.

import { CloseAction, ErrorAction, type ErrorHandler } from "vscode-languageclient/node";

const LIMIT = 5;
const PERIOD = 3 * 60_000;

/** A server that crashes once is silently restarted: nothing is lost, since the editor has the texts. */
export function crashes(): ErrorHandler {
  let ends: number[] = [];
  return {
    // The end of the connection follows, and decides.
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed: () => {
      const now = Date.now();
      ends = [...ends.filter((end) => now - end < PERIOD), now];
      if (ends.length < LIMIT) return { action: CloseAction.Restart, handled: true };
      const message = `The agentls server crashed ${LIMIT} times in the last 3 minutes and will not be restarted.`
        + " See the output for more information. To try again, run “agentls: Restart the Server”.";
      return { action: CloseAction.DoNotRestart, message };
    },
  };
}

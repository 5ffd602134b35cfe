// What happens when the server ends by itself: it is started again, but not for ever.

import { CloseAction, ErrorAction, type ErrorHandler } from "vscode-languageclient/node";

const LIMIT = 5;
const PERIOD = 3 * 60_000;

/** A server that ends once is started again in silence: nothing is lost, since the editor has the texts. */
export function crashes(): ErrorHandler {
  let ends: number[] = [];
  return {
    // The end of the connection follows, and decides.
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed: () => {
      const now = Date.now();
      ends = [...ends.filter((end) => now - end < PERIOD), now];
      if (ends.length < LIMIT) return { action: CloseAction.Restart, handled: true };
      const message = `The server of agentls has ended ${LIMIT} times within three minutes, and is not started again.`
        + " Its output says more; the command “agentls: Restart the Server” gives it another chance.";
      return { action: CloseAction.DoNotRestart, message };
    },
  };
}

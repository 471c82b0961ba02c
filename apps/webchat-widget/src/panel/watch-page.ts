import type { Session } from '../session/session.js';

interface Watched {
  readonly session: Session;
  readonly seenKey: string;
  readonly outboxKey: string;
  readonly tokenKey: string;
  /** The page came to the front or went away, or another tab changed something. */
  looked(): void;
}

/** Everything around the chat that concerns it: the network, the tab's visibility, other tabs. Returns how to stop. */
export function watchPage({ session, seenKey, outboxKey, tokenKey, looked }: Watched): () => void {
  const { line } = session;
  const stopped = new AbortController();
  const on = (target: EventTarget, event: string, action: (event: never) => void) =>
    target.addEventListener(event, action as EventListener, { signal: stopped.signal });
  let parked = false;

  on(window, 'online', () => line.nudge());
  on(window, 'offline', () => line.lost());
  on(window, 'focus', () => line.nudge());
  on(document, 'visibilitychange', () => {
    if (!document.hidden) line.nudge();
    looked();
  });
  // A page with an open socket cannot be kept for the way back.
  on(window, 'pagehide', () => {
    parked = line.state !== 'stopped' && line.state !== 'refused';
    if (parked) line.stop();
  });
  on(window, 'pageshow', () => {
    if (parked) line.start();
    parked = false;
  });
  on(window, 'storage', ({ key }: StorageEvent) => {
    if (key === seenKey || key === outboxKey) looked();
    if (key === tokenKey) session.tokenChanged();
  });
  return () => stopped.abort();
}

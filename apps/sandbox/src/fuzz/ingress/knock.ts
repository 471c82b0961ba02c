import { connect } from 'node:net';

/** Bytes to send, or a pause before the next (ms). */
export type Piece = Buffer | string | number;

/** What came back first: a status; `closed` without one; or nothing at all within the time. */
export type Outcome = number | 'closed' | 'hung';

/** Sends bytes to a server as they are, over a connection of its own. @param withinMs for an answer, or the end of the connection */
export function knock(port: number, pieces: readonly Piece[], withinMs: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let heard = '';
    const end = (outcome: Outcome): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(outcome);
    };
    const timer = setTimeout(() => end('hung'), withinMs);
    socket.on('error', () => end(statusOf(heard) ?? 'closed'));
    socket.on('close', () => end(statusOf(heard) ?? 'closed'));
    socket.on('data', (data) => {
      heard = (heard + data.toString('latin1')).slice(0, 4_096);
      const status = statusOf(heard);
      if (status !== undefined && status >= 200) end(status);
    });
    socket.on('connect', () => void send());
    const send = async (): Promise<void> => {
      for (const piece of pieces) {
        if (socket.destroyed) return;
        if (typeof piece === 'number') await new Promise((over) => setTimeout(over, piece));
        else if (!socket.write(piece)) await new Promise((drained) => socket.once('drain', drained).once('close', drained));
      }
    };
  });
}

/** The last status line that was heard: a `100 Continue` is no answer yet. */
function statusOf(heard: string): number | undefined {
  const all = [...heard.matchAll(/HTTP\/1\.[01] (\d{3})/g)].map(([, status]) => Number(status));
  return all.find((status) => status >= 200) ?? all.at(-1);
}

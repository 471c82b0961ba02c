import { connect } from 'node:net';

/** Sends one request over a connection of its own; resolves with the status code. */
export function postOnce(port: number, request: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.setTimeout(2_000, () => socket.destroy(new Error('no answer')));
    socket.once('data', (chunk) => {
      resolve(Number(chunk.toString('latin1', 9, 12)));
      socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed without an answer')));
  });
}

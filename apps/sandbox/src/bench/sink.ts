import { WebSocket } from 'ws';
import { nowUs, readMark } from './hook.js';
import { summarize } from './summary.js';

/** The visitors, a process of their own: every open chat of one run. Ends after `idleMs` without a message. */
export interface SinkOrder {
  readonly sockets: readonly { readonly url: string; readonly origin?: string; readonly hello?: string }[];
  readonly idleMs: number;
  readonly maxMs: number;
}

export interface SinkResult {
  readonly distinct: number;
  readonly repeats: number;
  readonly outOfOrder: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

async function run(order: SinkOrder): Promise<SinkResult> {
  const seen = new Set<number>();
  const last = new Map<string, number>();
  const latencies: number[] = [];
  let repeats = 0;
  let outOfOrder = 0;
  let first = 0;
  let latest = 0;

  function note(conversation: string, text: string): void {
    const mark = readMark(text);
    if (!mark) return;
    const now = nowUs();
    if (seen.has(mark.number)) repeats += 1;
    else if ((last.get(conversation) ?? 0) > mark.number) outOfOrder += 1;
    seen.add(mark.number);
    last.set(conversation, Math.max(mark.number, last.get(conversation) ?? 0));
    latencies.push(now - mark.sentAtUs);
    first ||= now;
    latest = now;
  }

  const sockets = await Promise.all(
    order.sockets.map(
      ({ url, origin, hello }, index) =>
        new Promise<WebSocket>((resolve, reject) => {
          // What a chat already held comes again after the welcome; only what is new counts.
          let heldBefore = 0;
          const socket = new WebSocket(url, origin ? { origin } : {});
          socket.once('error', reject);
          socket.on('message', (data: Buffer) => {
            const frame = JSON.parse(data.toString()) as {
              seq?: number;
              t?: string;
              body?: { text?: string };
              data?: { content?: string; session_id?: string };
            };
            if (frame.t === 'ping') socket.send('{"t":"pong"}');
            else if (frame.t === 'welcome') {
              heldBefore = frame.seq ?? 0;
              resolve(socket);
            } else if (frame.t === 'message' && (frame.seq ?? 0) > heldBefore) note(String(index), frame.body?.text ?? '');
            else if (frame.data?.content) note(frame.data.session_id ?? '', frame.data.content);
          });
          socket.once('open', () => (hello ? socket.send(hello) : resolve(socket)));
        }),
    ),
  );
  console.log('connected');
  const started = nowUs();
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const now = nowUs();
      const quiet = first > 0 && now - latest > order.idleMs * 1_000;
      if (quiet || now - started > order.maxMs * 1_000) {
        clearInterval(timer);
        resolve();
      }
    }, 100);
  });
  for (const socket of sockets) socket.terminate();
  const seconds = (latest - first) / 1e6;
  return { distinct: seen.size, repeats, outOfOrder, seconds, perSecond: seconds > 0 ? seen.size / seconds : 0, ...summarize(latencies) };
}

console.log(JSON.stringify(await run(JSON.parse(process.argv[2] ?? '{}') as SinkOrder)));

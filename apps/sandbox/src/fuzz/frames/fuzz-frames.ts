import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import type { Random } from '../../simulator-kit/random.js';
import { finding } from '../finding.js';
import type { Finding, FuzzReport } from '../finding.js';
import { mutate, mutateJson } from '../mutate.js';

/** RFC 6455: the server met something that it did not expect. */
const INTERNAL_ERROR = 1011;
const ANSWER_WITHIN_MS = 5_000;
/** Fewer than what ends a line for its pace. */
const FRAMES_OF_A_LINE = 8;

/** What a browser may say, each with everything that it may hold. */
const frames = (): readonly unknown[] => [
  { t: 'send', clientId: randomUUID(), body: { type: 'text', text: 'Hello' } },
  { t: 'send', clientId: randomUUID(), body: { type: 'text', text: 'Yes', tap: 'yes' } },
  { t: 'send', clientId: randomUUID(), body: { type: 'file', url: 'http://127.0.0.1/v1/files/a/b', name: 'a', mimeType: 'image/png' } },
  { t: 'seen', upTo: 3 },
  { t: 'typing', typing: true },
  { t: 'pong' },
  { t: 'hello', token: 'x', lastSeq: 0, locale: 'en', pageUrl: 'https://shop.example' },
];

export interface FramesUnderTest {
  readonly dispatcher: string;
  /** Of a page that may show the bot `demo`. */
  readonly origin: string;
  readonly pid: () => number | undefined;
}

/** Says strange things over visitors' sockets for `forMs`: the dispatcher refuses or closes, and acknowledges a message that comes beside. */
export async function fuzzFrames({ dispatcher, origin, pid }: FramesUnderTest, random: Random, forMs: number): Promise<FuzzReport> {
  const findings: Finding[] = [];
  const began = pid();
  const end = performance.now() + forMs;
  let tried = 0;
  let good = 0;
  while (performance.now() < end) {
    const token = await newVisitor(dispatcher, origin);
    const line = await open(dispatcher, origin, token);
    const said: string[] = [];
    for (let n = 0; n < FRAMES_OF_A_LINE; n++) {
      const frame = strange(random);
      said.push(frame.toString());
      line.socket.send(frame, { binary: random.chance(0.1) });
      tried += 1;
    }
    const clientId = randomUUID();
    line.socket.send(JSON.stringify({ t: 'send', clientId, body: { type: 'text', text: 'still here' } }));
    const outcome = await line.outcome(clientId);
    line.socket.terminate();
    if (outcome === 'acknowledged') good += 1;
    else if (outcome === 'silent' || outcome === INTERNAL_ERROR) findings.push(finding(`the line ended with ${outcome}`, said.join('\n')));
  }
  if (pid() === undefined || pid() !== began) findings.push(finding('the process ended', 'see its log'));
  if (good === 0) findings.push(finding('no good message came through beside', 'all'));
  return { target: 'frames', tried, findings, notes: [`${good} good messages beside`] };
}

function strange(random: Random): Buffer {
  const all = frames();
  const frame = all[random.below(all.length)];
  const text = JSON.stringify(random.chance(0.6) ? mutateJson(frame, random) : frame) ?? '';
  return random.chance(0.4) ? mutate(Buffer.from(text), random) : Buffer.from(text);
}

async function newVisitor(dispatcher: string, origin: string): Promise<string> {
  const headers = { 'content-type': 'application/json', origin };
  const response = await fetch(`${dispatcher}/v1/webchat/demo/visitors`, { method: 'POST', headers, body: '{}' });
  if (!response.ok) throw new Error(`the dispatcher gave no token: ${response.status}`);
  return ((await response.json()) as { token: string }).token;
}

async function open(dispatcher: string, origin: string, token: string) {
  const socket = new WebSocket(`${dispatcher.replace(/^http/, 'ws')}/v1/webchat/demo/socket`, { origin });
  const heard: { t: string; clientId?: string }[] = [];
  let closed: number | undefined;
  let tell: () => void = () => undefined;
  socket.on('message', (data: Buffer) => {
    heard.push(JSON.parse(data.toString()) as { t: string });
    tell();
  });
  socket.on('close', (code) => {
    closed = code;
    tell();
  });
  socket.on('error', () => undefined);
  const until = async <T>(found: () => T | undefined): Promise<T | 'silent'> => {
    const deadline = performance.now() + ANSWER_WITHIN_MS;
    for (;;) {
      const answer = found();
      if (answer !== undefined) return answer;
      const left = deadline - performance.now();
      if (left <= 0) return 'silent';
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        tell = () => (clearTimeout(timer), resolve());
      });
    }
  };
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.send(JSON.stringify({ t: 'hello', token, lastSeq: 0, locale: 'en' }));
  await until(() => closed ?? (heard.some(({ t }) => t === 'welcome') || undefined));
  return {
    socket,
    /** Of the message with this id, or how the line was closed before. */
    outcome: (clientId: string) =>
      until(() =>
        heard.some((one) => one.t === 'ack' && one.clientId === clientId) ? 'acknowledged' : (refusedOf(heard, clientId) ?? closed),
      ),
  };
}

/** It may also be told that it wrote too fast: an answer as good as any. */
function refusedOf(heard: readonly { t: string; clientId?: string }[], clientId: string): 'refused' | undefined {
  return heard.some((one) => one.t === 'refused' && one.clientId === clientId) ? 'refused' : undefined;
}

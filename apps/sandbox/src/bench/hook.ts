import { createHmac } from 'node:crypto';

/** What the load says: an agent's message to a session, whose text carries its number and the time it was meant to be sent. */
export interface HookOf {
  readonly websiteId: string;
  readonly sessionId: string;
  readonly number: number;
  /** What the agent wrote, as it stands in JSON between its quotes. */
  readonly text: string;
}

/** The same with a text that carries number and time, filled up to a size. */
export interface FilledHookOf extends Omit<HookOf, 'text'> {
  /** Microseconds of the monotonic clock that all processes of one machine share. */
  readonly sentAtUs: number;
  readonly bodyBytes: number;
}

/** Numbers of one run never meet those of another: the start of the process in ms × 100. */
const FINGERPRINT_BASE = Date.now() * 100;

const FILLER = 'lorem ipsum dolor sit amet '.repeat(80);

/** The machine's monotonic clock in microseconds: the same in every process. */
export function nowUs(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}

/** A Crisp plugin hook, compact JSON as Crisp sends it. */
export function hookBody({ websiteId, sessionId, number, text }: HookOf): string {
  const now = Date.now();
  return (
    `{"website_id":"${websiteId}","event":"message:received","data":{"website_id":"${websiteId}","session_id":"${sessionId}","type":"text",` +
    `"from":"operator","origin":"chat","fingerprint":${FINGERPRINT_BASE + number},"timestamp":${now},"stamped":true,` +
    `"user":{"user_id":"22222222-2222-4333-8444-555555555555","nickname":"Mia"},"content":"${text}"},"timestamp":${now}}`
  );
}

/** The hook that says that an agent set a conversation to resolved. */
export function resolvedHookBody({ websiteId, sessionId }: Pick<HookOf, 'websiteId' | 'sessionId'>): string {
  const at = { website_id: websiteId, session_id: sessionId };
  return JSON.stringify({ website_id: websiteId, event: 'session:set_state', data: { ...at, state: 'resolved' }, timestamp: Date.now() });
}

export function filledHookBody({ sentAtUs, bodyBytes, ...hook }: FilledHookOf): string {
  const mark = `n=${hook.number} t=${sentAtUs} `;
  const frame = hookBody({ ...hook, text: mark }).length;
  return hookBody({ ...hook, text: mark + FILLER.slice(0, Math.max(0, bodyBytes - frame)) });
}

export interface SignedFor {
  readonly host: string;
  readonly path: string;
  readonly secret: string;
  /** How the receiver checks: as Crisp signs, or as Meta does. */
  readonly scheme: 'crisp' | 'hub';
}

export function signedRequest(body: string, { host, path, secret, scheme }: SignedFor): string {
  return `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n${signature(body, secret, scheme)}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function signature(body: string, secret: string, scheme: SignedFor['scheme']): string {
  const headers = scheme === 'hub' ? { 'X-Hub-Signature-256': `sha256=${hmac(body, secret)}` } : signatureHeaders(body, secret);
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\r\n');
}

/** As Crisp signs a hook now. */
export function signatureHeaders(body: string, secret: string): Record<string, string> {
  const timestamp = String(Date.now());
  return { 'X-Crisp-Request-Timestamp': timestamp, 'X-Crisp-Signature': hmac(`[${timestamp};${body}]`, secret) };
}

function hmac(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}

/** Number and send time out of a text that a visitor was shown. */
export function readMark(text: string): { number: number; sentAtUs: number } | undefined {
  const mark = /n=(\d+) t=(\d+)/.exec(text);
  return mark ? { number: Number(mark[1]), sentAtUs: Number(mark[2]) } : undefined;
}

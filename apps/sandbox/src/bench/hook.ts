import { createHmac } from 'node:crypto';

/** What the load says: an agent's message to a session, whose text carries its number and the time it was meant to be sent. */
export interface HookOf {
  readonly websiteId: string;
  readonly sessionId: string;
  readonly number: number;
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
export function hookBody({ websiteId, sessionId, number, sentAtUs, bodyBytes }: HookOf): string {
  const now = Date.now();
  const head =
    `{"website_id":"${websiteId}","event":"message:received","data":{"website_id":"${websiteId}","session_id":"${sessionId}","type":"text",` +
    `"from":"operator","origin":"chat","fingerprint":${FINGERPRINT_BASE + number},"timestamp":${now},"stamped":true,` +
    `"user":{"user_id":"22222222-2222-4333-8444-555555555555","nickname":"Mia"},"content":"n=${number} t=${sentAtUs} `;
  const tail = `"},"timestamp":${now}}`;
  return head + FILLER.slice(0, Math.max(0, bodyBytes - head.length - tail.length)) + tail;
}

export function signedRequest(body: string, at: { host: string; path: string; secret: string }): string {
  const timestamp = String(Date.now());
  const signature = createHmac('sha256', at.secret).update(`[${timestamp};${body}]`).digest('hex');
  return (
    `POST ${at.path} HTTP/1.1\r\nHost: ${at.host}\r\nContent-Type: application/json\r\nX-Crisp-Request-Timestamp: ${timestamp}\r\n` +
    `X-Crisp-Signature: ${signature}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  );
}

/** Number and send time out of a text that a visitor was shown. */
export function readMark(text: string): { number: number; sentAtUs: number } | undefined {
  const mark = /n=(\d+) t=(\d+)/.exec(text);
  return mark ? { number: Number(mark[1]), sentAtUs: Number(mark[2]) } : undefined;
}

import type { App } from '../setup.js';
import type { World } from '../world.js';

export interface HandshakeAnswer {
  readonly status: number;
  readonly body: string;
  readonly content_type: string | null;
  /** Meta would take the address: status 200 and the challenge, byte for byte, as the whole body. */
  readonly accepted: boolean;
}

/** Asks the web hook's address as Meta does when somebody saves it. */
export async function handshake(
  world: World,
  app: App,
  given: { verify_token?: string | undefined; mode?: string | null | undefined },
): Promise<HandshakeAnswer> {
  const challenge = String(world.random.below(2_000_000_000));
  const url = new URL(app.hook_url!);
  if (given.mode !== null) url.searchParams.set('hub.mode', given.mode ?? 'subscribe');
  url.searchParams.set('hub.verify_token', given.verify_token ?? app.verify_token);
  url.searchParams.set('hub.challenge', challenge);
  const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(world.faults.hooks.answer_within_ms) });
  const bytes = Buffer.from(await response.arrayBuffer());
  return {
    status: response.status,
    body: bytes.toString('utf8'),
    content_type: response.headers.get('content-type'),
    accepted: response.status === 200 && bytes.equals(Buffer.from(challenge)),
  };
}

import type { CrispMessage } from '../wire.js';

interface Page {
  readonly messages: readonly CrispMessage[];
  readonly unreadable: number;
  readonly more: boolean;
}

const MAX_PAGES = 25;
/** Crisp's batch, not adjustable. */
const FULL = 20;

/**
 * Everything since a time. Crisp does not say whether a batch with `timestamp_after` is the oldest or the newest behind that
 * time, nor whether the border itself belongs to it; so a full batch is followed in both directions, one millisecond overlapping,
 * until nothing new comes.
 */
export async function messagesSince(
  page: (window: { before?: number; after?: number }) => Promise<Page>,
  since: number,
): Promise<{ messages: CrispMessage[]; unreadable: number; complete: boolean }> {
  const found = new Map<number, CrispMessage>();
  let unreadable = 0;
  let pages = 0;
  const read = async (window: { before?: number; after?: number }) => {
    pages += 1;
    const batch = await page(window);
    unreadable += batch.unreadable;
    const fresh = batch.messages.filter((message) => message.timestamp >= since && !found.has(message.fingerprint));
    for (const message of fresh) found.set(message.fingerprint, message);
    const goesOn = fresh.length > 0 && (batch.more || batch.messages.length + batch.unreadable >= FULL);
    return { goesOn, oldest: batch.messages[0]?.timestamp ?? since, newest: batch.messages.at(-1)?.timestamp ?? since };
  };

  const first = await read({ after: since - 1 });
  let { goesOn, newest, oldest } = first;
  while (goesOn && pages < MAX_PAGES) ({ goesOn, newest } = await read({ after: newest - 1 }));
  const caughtUp = !goesOn;
  goesOn = first.goesOn && oldest > since;
  while (goesOn && oldest > since && pages < MAX_PAGES) ({ goesOn, oldest } = await read({ before: oldest + 1 }));
  const messages = [...found.values()].sort((a, b) => a.timestamp - b.timestamp || a.fingerprint - b.fingerprint);
  return { messages, unreadable, complete: caughtUp && (!goesOn || oldest <= since) };
}

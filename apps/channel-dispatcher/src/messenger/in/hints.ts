import { MAX_EXCERPT } from '@baton/contracts';
import type { MessageBody } from '@baton/contracts';
import { oneLine } from './one-line.js';
import type { Heard } from './what-happened.js';

/** How a message begins, for those who read what it is answered with; undefined when there is nothing to read in it. */
export function excerptOf(body: MessageBody): string | undefined {
  const words = body.type === 'text' ? body.text : body.name;
  const line = oneLine(words, MAX_EXCERPT + 2);
  return (line.length <= MAX_EXCERPT ? line : `${oneLine(line, MAX_EXCERPT - 1)}…`) || undefined;
}

/** What was known of a person's coming before a batch. */
export interface CameBefore {
  /** The link or ad by which he came; null when he has said something since. */
  readonly cameBy: string | null;
  readonly lastUserActionAt: Date | null;
}

/**
 * By which link or ad each of these words came, by their `clientId`: their own, or the one that he opened before them, in the batch or earlier.
 * What he opened before he last did something is known already, and only told again.
 */
export function cameByOf(
  told: readonly Pick<Heard, 'of' | 'clientId' | 'isSign' | 'cameBy' | 'opened'>[],
  before: ReadonlyMap<string, CameBefore>,
): { readonly cameBy: ReadonlyMap<string, string>; readonly used: readonly string[] } {
  const cameBy = new Map<string, string>();
  const used = new Set<string>();
  for (const { of, clientId, isSign, cameBy: own, opened } of told) {
    if (isSign) continue;
    const { cameBy: known = null, lastUserActionAt = null } = before.get(of.id) ?? {};
    const fresh = opened && opened.at > (lastUserActionAt?.getTime() ?? 0) ? opened.ref : null;
    const by = own ?? fresh ?? (used.has(of.id) ? null : known);
    if (by !== null) cameBy.set(clientId, by);
    if (known !== null) used.add(of.id);
  }
  return { cameBy, used: [...used] };
}

import type { HandoverFacts, TimelineEntry } from '@baton/control-api';

/** A stretch of a conversation: with the bot, or one handover. */
export interface Episode {
  readonly key: string;
  readonly handover: HandoverFacts | null;
  readonly entries: readonly TimelineEntry[];
}

/** Cuts a timeline into its episodes, in order. Whatever happened between a handover's first and last moment belongs to it. */
export function episodesOf(entries: readonly TimelineEntry[], handovers: readonly HandoverFacts[]): Episode[] {
  const episodes: { key: string; handover: HandoverFacts | null; entries: TimelineEntry[] }[] = [];
  for (const entry of entries) {
    const handover = handovers.findLast((one) => isWithin(entry, one)) ?? null;
    const last = episodes.at(-1);
    if (last && last.handover?.id === handover?.id) last.entries.push(entry);
    else episodes.push({ key: `${handover?.id ?? 'bot'}:${entry.id}`, handover, entries: [entry] });
  }
  return episodes;
}

function isWithin({ at }: TimelineEntry, { requestedAt, endedAt }: HandoverFacts): boolean {
  return at >= requestedAt && (endedAt === null || at <= endedAt);
}

/** How long after the request things happened (ms); null while, or where, they did not. */
export function timesOf({ requestedAt, acceptedAt, connectedAt, endedAt }: HandoverFacts): {
  readonly accepted: number | null;
  readonly firstWord: number | null;
  readonly lasted: number | null;
} {
  const since = (at: string | null) => (at === null ? null : Math.max(0, Date.parse(at) - Date.parse(requestedAt)));
  return { accepted: since(acceptedAt), firstWord: since(connectedAt), lasted: since(endedAt) };
}

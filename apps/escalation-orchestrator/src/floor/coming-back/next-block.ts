import type { HandoverSettings } from '@baton/contracts';

/** Which block of its flow the bot goes on with: what an agent named, else its category's, else that of the way it ended; null where none is set. */
export function nextBlock(
  settings: HandoverSettings['continueWith'],
  { why, category, block }: { why: 'resolved' | 'timed-out' | 'cancelled'; category: string | null; block?: string | null | undefined },
): string | null {
  if (block) return block;
  const ofCategory = Object.entries(settings.byCategory).find(([name]) => name.toLowerCase() === category?.toLowerCase());
  const ofEnd = { resolved: settings.resolved, 'timed-out': settings.timedOut, cancelled: settings.cancelled }[why];
  return ofCategory?.[1] ?? ofEnd ?? null;
}

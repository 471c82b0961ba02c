import { STANDINGS } from '@baton/control-api';
import type { Standing } from '@baton/control-api';

export const CHANNELS = ['webchat', 'messenger', 'crisp'] as const;
export type ChannelFilter = (typeof CHANNELS)[number];

/** What of the conversations is looked at; stands in the address. */
export interface Filters {
  readonly standing?: Standing;
  readonly channel?: ChannelFilter;
  readonly bot?: string;
  readonly q?: string;
}

/** What an address says; what it should not say is passed over. */
export function filtersOf(search: URLSearchParams): Filters {
  const standing = STANDINGS.find((one) => one === search.get('with'));
  const channel = CHANNELS.find((one) => one === search.get('channel'));
  const bot = search.get('bot');
  const q = search.get('q')?.trim();
  return { ...(standing && { standing }), ...(channel && { channel }), ...(bot && { bot }), ...(q && { q }) };
}

/** The address with one filter set, or taken off; older pages begin anew. */
export function withFilter(search: URLSearchParams, name: 'with' | 'channel' | 'bot' | 'q', value: string | null): URLSearchParams {
  const next = new URLSearchParams(search);
  if (value === null || value === '') next.delete(name);
  else next.set(name, value);
  next.delete('before');
  return next;
}

import type { QuickReply } from '../message-body.js';
import { shorten } from './graphemes.js';

/** Meta's limits of quick replies. */
export const MAX_TAPS = 13;
export const MAX_TAP_TITLE = 20;
const MAX_PAYLOAD = 1_000;

/** One tap below a message; Messenger's limits hold. */
export type QuickTap = { readonly title: string; readonly payload: string };

export interface Taps {
  readonly taps: readonly QuickTap[];
  /** Lines for the text, where the taps alone would not say enough. */
  readonly listed: readonly string[];
}

/**
 * Quick replies within Meta's limits. A long title is cut; where two would then read the same, the text lists them and the taps carry
 * their numbers.
 * More than Meta shows are listed only: he answers in words.
 */
export function tapsOf(replies: readonly QuickReply[]): Taps {
  const usable = replies
    .map(({ title, payload }) => ({ title: title.replaceAll(/\s+/gu, ' ').trim(), payload }))
    .map(({ title, payload }) => ({ title, payload: payload === '' ? title : payload }))
    .filter(({ title, payload }) => title !== '' && payload.length <= MAX_PAYLOAD);
  const listed = usable.map(({ title }, index) => `${index + 1}. ${title}`);
  if (usable.length > MAX_TAPS) return { taps: [], listed };
  const taps = usable.map(({ title, payload }) => ({ title: shorten(title, MAX_TAP_TITLE), payload }));
  if (new Set(taps.map(({ title }) => title)).size === taps.length) return { taps, listed: [] };
  return { taps: usable.map(({ payload }, index) => ({ title: shorten(listed[index] ?? '', MAX_TAP_TITLE), payload })), listed };
}

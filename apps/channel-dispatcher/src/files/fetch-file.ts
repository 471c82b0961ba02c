import { collectAtMost, fetchOutside } from '@baton/outside';
import type { OutsideOptions, OutsideRefusal } from '@baton/outside';
import type { FileRefusal } from './refusal.js';

export type { Resolve } from '@baton/outside';

export type FetchOptions = Pick<OutsideOptions, 'maxBytes' | 'timeoutMs' | 'allowLoopback' | 'resolve'>;

/** The bytes; a refusal for good; or that it may work later, and at the earliest when. */
export type Fetched =
  { readonly bytes: Buffer } | { readonly refused: FileRefusal } | { readonly retry: string; readonly afterMs?: number | undefined };

const REFUSALS: Readonly<Record<OutsideRefusal, FileRefusal>> = {
  gone: 'file.gone',
  broken: 'file.broken',
  'too-large': 'file.too-large',
  'too-many-redirects': 'file.too-many-redirects',
  'forbidden-address': 'file.forbidden-address',
  'forbidden-redirect': 'file.forbidden-address',
};

/** Fetches a file of a channel from where it is told to be. Never throws. */
export async function fetchFile(address: string, options: FetchOptions, signal: AbortSignal): Promise<Fetched> {
  const answer = await fetchOutside(address, options, signal);
  if ('content' in answer) return notEmpty(answer.content.bytes);
  if ('refused' in answer) return { refused: REFUSALS[answer.refused] };
  // Only who names what he has is told that it is unchanged.
  if ('unchanged' in answer) return { refused: 'file.gone' };
  const { retry, afterMs } = answer;
  return { retry: `file.${retry}`, ...(afterMs !== undefined && { afterMs }) };
}

/** Reads bytes until the end or until there are too many. */
export async function collect(source: AsyncIterable<Buffer>, maxBytes: number): Promise<{ bytes: Buffer } | { refused: FileRefusal }> {
  const bytes = await collectAtMost(source, maxBytes);
  return bytes ? notEmpty(bytes) : { refused: 'file.too-large' };
}

function notEmpty(bytes: Buffer): { bytes: Buffer } | { refused: FileRefusal } {
  return bytes.length === 0 ? { refused: 'file.empty' } : { bytes };
}

import type { Source, SourceKind } from '@baton/control-api';

/** What a source is, for people. */
export const KIND_WORDS: Readonly<Record<SourceKind, string>> = {
  text: 'Text',
  markdown: 'Text',
  pairs: 'Questions and answers',
  file: 'File',
  page: 'Web pages',
  sitemap: 'Website',
};

/** It waits, or is being read. */
export const isInWork = ({ state }: Pick<Source, 'state'>): boolean => state === 'queued' || state === 'running';

export interface StateWords {
  readonly label: string;
  readonly color: 'teal' | 'blue' | 'yellow' | 'red' | 'gray';
}

/** How a source stands, in a word. */
export function stateWords({ state, enabled }: Pick<Source, 'state' | 'enabled'>): StateWords {
  switch (state) {
    case 'queued':
      return { label: 'Waiting to be read', color: 'blue' };
    case 'running':
      return { label: 'Being read', color: 'blue' };
    case 'failed':
      return { label: 'Could not be read', color: 'red' };
    case 'partial':
      return enabled ? { label: 'Known in part', color: 'yellow' } : { label: 'Switched off', color: 'gray' };
    case 'ready':
      return enabled ? { label: 'Known', color: 'teal' } : { label: 'Switched off', color: 'gray' };
  }
}

/** How far it was read, 0 to 100; undefined while nobody knows how much there is. */
export function percentOf({ state, progress: { pagesDone, pagesTotal } }: Pick<Source, 'state' | 'progress'>): number | undefined {
  if (!isInWork({ state }) || pagesTotal < 2) return undefined;
  return Math.min(100, Math.round((pagesDone / pagesTotal) * 100));
}

/** What lies in it: "12 passages from 3 pages". */
export function amountWords({ kind, web, progress: { chunks, pagesDone, pagesTotal } }: Pick<Source, 'kind' | 'web' | 'progress'>): string {
  const passages = counted(chunks, 'passage');
  return web && (kind === 'sitemap' || pagesTotal > 1) && pagesDone > 0 ? `${passages} from ${counted(pagesDone, 'page')}` : passages;
}

/** "1 page", "2 pages". */
export function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}

/** "20 MB", "3.4 kB". */
export function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  const [size, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${size >= 100 ? Math.round(size) : Math.round(size * 10) / 10} ${unit}`;
}

/** How often pages are visited again. */
export const FRESHNESS = [
  { value: '', label: 'Only when I ask for it' },
  { value: '24', label: 'Every day' },
  { value: '168', label: 'Every week' },
  { value: '720', label: 'Every month' },
] as const;

/** How often, in words; also what was set elsewhere. */
export function freshnessWords(everyHours: number | null): string {
  const known = FRESHNESS.find(({ value }) => value === String(everyHours ?? ''));
  return known?.label ?? `Every ${everyHours} hours`;
}

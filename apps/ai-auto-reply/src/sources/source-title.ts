import type { Source } from './source.js';

/** What a file is called while nobody said more: its name without its ending. */
export const titleOfFile = (name: string): string => name.replace(/\.[a-z0-9]{1,8}$/i, '');

/** What a page is called while nobody said more: its address. */
export const titleOfUrl = (url: string): string => url.replace(/^https?:\/\/(?:www\.)?|[/?#]+$/g, '').slice(0, 200);

/** Whether nobody gave a title, so that the one inside of a file or on its only page is the better one. */
export function isUntitled({ title, fileName, web }: Pick<Source, 'title' | 'fileName' | 'web'>): boolean {
  if (fileName !== null) return title === titleOfFile(fileName);
  return web?.urls.length === 1 && title === titleOfUrl(web.urls[0]!);
}

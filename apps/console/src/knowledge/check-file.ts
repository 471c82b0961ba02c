import { FILE_BYTES } from '@baton/control-api';
import { sizeWords } from './source-words.js';

/** Endings of files that can be read. */
export const FILE_ENDINGS = ['pdf', 'docx', 'html', 'htm', 'md', 'markdown', 'txt', 'csv'] as const;

/** Why a file cannot be taken, before it is sent for nothing. */
export function wrongWithFile({ name, size }: Pick<File, 'name' | 'size'>): string | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase();
  if (!(FILE_ENDINGS as readonly (string | undefined)[]).includes(ending))
    return 'Files of this kind are not read: PDF, Word (DOCX), HTML, Markdown, plain text and CSV are.';
  if (size === 0) return 'The file is empty.';
  if (size > FILE_BYTES) return `It has ${sizeWords(size)}; a file has 20 MB at most. Split it into smaller ones.`;
  return undefined;
}

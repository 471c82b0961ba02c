import { PART_LIMIT, shorten } from '@baton/contracts';
import type { MessageBody } from '@baton/contracts';
import type { MessengerPart } from './part.js';

type FileBody = Extract<MessageBody, { type: 'file' }>;

/** Meta shows these as pictures; all others come as files. */
const PICTURES: ReadonlySet<string> = new Set(['image/jpeg', 'image/jpg', 'image/png', 'image/gif']);
/** Pages are to be opened, not kept. */
const PAGES: ReadonlySet<string> = new Set(['text/html', 'application/xhtml+xml']);

/** A file by its address, shown as what it is; what is no file for sure is a link. */
export function filePart(file: FileBody): MessengerPart {
  const type = attachmentTypeOf(file.contentType);
  const fallbackText = linkTo(file);
  return type === undefined ? { text: fallbackText } : { attachment: { type, url: file.url }, fallbackText };
}

function attachmentTypeOf(contentType: string): 'image' | 'audio' | 'video' | 'file' | undefined {
  const [essence = ''] = contentType.toLowerCase().split(';');
  const [kind, form] = essence.trim().split('/');
  if (!kind || !form || PAGES.has(`${kind}/${form}`)) return undefined;
  if (PICTURES.has(`${kind}/${form}`)) return 'image';
  return kind === 'audio' || kind === 'video' ? kind : 'file';
}

/** Name and address; of an address too long for both, the address; of one too long for Messenger, the name. */
function linkTo({ name, url }: FileBody): string {
  const both = `${name}: ${url}`;
  if (both.length <= PART_LIMIT) return both;
  return url.length <= PART_LIMIT ? url : shorten(name, PART_LIMIT);
}

import { MAX_TEXT, splitText } from '@baton/contracts';
import { clean } from '../text/clean.js';
import type { InBody, MessengerMedia } from './facts.js';
import type { Attachment, Message } from './wire.js';

/** The thumb at the end of Messenger's text field. */
const LIKE_STICKER = '369239263222822';
const MEDIA: ReadonlySet<string> = new Set<MessengerMedia>(['image', 'audio', 'video', 'file', 'sticker']);
const MAX_PAYLOAD = 1_000;

/** What a message says: its words first, then what hangs on it; never nothing. */
export function bodiesOfMessage(message: Message): InBody[] {
  const words = clean(message.text ?? message.commands?.map(({ name }) => `/${name ?? ''}`).join(' ') ?? '');
  const payload = message.quick_reply?.payload;
  const bodies = [...textBodies(words, payload), ...attachmentBodies(message.attachments ?? [], words)];
  return bodies.length > 0 ? bodies : [{ type: 'text', text: '[unsupported message]' }];
}

/** A text as one body, or more when it is very long; a tap without words still has to be seen. */
export function textBodies(said: string, payload?: string): InBody[] {
  const [first = payload === undefined ? undefined : '…', ...rest] = splitText(clean(said), MAX_TEXT);
  if (first === undefined) return [];
  const tapped = payload === undefined ? {} : { payload: clean(payload).slice(0, MAX_PAYLOAD) };
  return [{ type: 'text', text: first, ...tapped }, ...rest.map((text) => ({ type: 'text' as const, text }))];
}

function attachmentBodies(attachments: readonly Attachment[], words: string): InBody[] {
  // A sticker used to come a second time, as a picture.
  const stickers = attachments.filter(isSticker);
  const told = new Set(stickers.map(addressOf));
  const once = new Map(stickers.map((sticker) => [sticker.payload?.sticker_id ?? addressOf(sticker), sticker]));
  const kept = new Set(once.values());
  return attachments.flatMap((attachment) => {
    const url = addressOf(attachment);
    if (isSticker(attachment) ? !kept.has(attachment) : attachment.type === 'image' && url !== undefined && told.has(url)) return [];
    // A shared link mostly stands in the words already.
    if (attachment.type === 'fallback' && url !== undefined && words.includes(url)) return [];
    return bodiesOfAttachment(attachment, url);
  });
}

function bodiesOfAttachment(attachment: Attachment, url: string | undefined): InBody[] {
  if (attachment.payload?.sticker_id === LIKE_STICKER) return [{ type: 'text', text: '👍' }];
  const at = attachment.payload?.coordinates;
  if (at !== undefined) return textBodies(spaced('📍', titleOf(attachment), `https://www.google.com/maps?q=${at.lat},${at.long}`));
  const media = isSticker(attachment) ? 'sticker' : attachment.type;
  if (isMedia(media) && url !== undefined) {
    const name = clean(attachment.payload?.title ?? '').trim();
    return [{ type: 'media', media, url, ...(name === '' ? {} : { name }) }];
  }
  return textBodies(spaced(titleOf(attachment) || `[${nameOfType(attachment.type)}]`, url));
}

function isMedia(type: string): type is MessengerMedia {
  return MEDIA.has(type);
}

function isSticker({ type, payload }: Attachment): boolean {
  return type === 'sticker' || (type === 'image' && payload?.sticker_id !== undefined);
}

function titleOf({ title, payload }: Attachment): string {
  const titles = payload?.elements?.map((element) => element.title ?? '').filter((said) => said !== '');
  return clean(payload?.title ?? title ?? payload?.text ?? titles?.join('\n') ?? '').trim();
}

function addressOf({ url, payload }: Attachment): string | undefined {
  const found = [payload?.url, url].find((given) => given !== undefined && /^https?:\/\//i.test(given) && URL.canParse(given));
  return found === undefined ? undefined : clean(found);
}

function nameOfType(type: string): string {
  return /^[a-z_]{1,40}$/.test(type) && type !== 'fallback' ? type.replaceAll('_', ' ') : 'attachment';
}

function spaced(...said: readonly (string | undefined)[]): string {
  return said.filter((words) => words !== undefined && words !== '').join(' ');
}

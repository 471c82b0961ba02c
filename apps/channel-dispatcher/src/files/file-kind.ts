import { fileTypeFromBuffer } from 'file-type';

/** What a file is by its own bytes, whatever anybody says of it. */
export interface FileKind {
  /** Without parameters, lower case. */
  readonly contentType: string;
  /** Without a dot. */
  readonly extension: string;
}

/** Which kinds are taken: content types, or whole families as `image/*`. */
export type AllowedKinds = readonly string[];

/** Taken unless the setting says otherwise: what people send to a support desk. Archives are not among it. */
export const DEFAULT_TYPES: AllowedKinds = [
  'image/*',
  'audio/*',
  'video/*',
  'application/pdf',
  'application/rtf',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.ms-powerpoint',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
  'text/plain',
  'text/csv',
  'text/tab-separated-values',
];

/** Programs, and documents that are programs to a browser or an office: no setting allows them. */
const NEVER = new Set([
  'text/html',
  'text/xml',
  'text/javascript',
  'application/xhtml+xml',
  'application/xml',
  'image/svg+xml',
  'application/wasm',
  'application/x-msdownload',
  'application/x-elf',
  'application/x-mach-binary',
  'application/java-vm',
  'application/java-archive',
  'application/vnd.android.package-archive',
  'application/x-shockwave-flash',
  'application/x.ms.shortcut',
  'application/x.apple.alias',
  'application/x-deb',
  'application/x-rpm',
  'application/x-google-chrome-extension',
  'application/x-xpinstall',
  'application/vnd.ms-htmlhelp',
]);

/** A browser shows these itself and none of them can carry a program for it. */
const SHOWN = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'audio/mpeg',
  'audio/mp4',
  'audio/x-m4a',
  'audio/aac',
  'audio/ogg',
  'audio/wav',
  'video/mp4',
  'video/webm',
  'video/quicktime',
]);

/** Older office files are all of one container: their name says which. */
const OLD_OFFICE: Readonly<Record<string, string>> = {
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
};

/** Text has no marks of its own: its name says which. */
const TEXTS: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  log: 'text/plain',
  md: 'text/plain',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
};

/** Different endings of one kind; the first is the usual one. */
const ALIASES: readonly (readonly string[])[] = [
  ['jpg', 'jpeg', 'jfif'],
  ['mp4', 'm4v', 'm4a', 'm4b', 'f4v'],
  ['mp3', 'mpga', 'mp2'],
  ['ogg', 'oga', 'opus', 'ogv'],
  ['heic', 'heif'],
  ['wav', 'wave'],
];

const OTHER_THAN_TEXT = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/;

/** Says what the bytes are; undefined when that is nothing known. `name` decides only between kinds that the bytes allow. */
export async function kindOf(bytes: Uint8Array, name: string): Promise<FileKind | undefined> {
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  const ending = endingOf(name);
  if (found) {
    const contentType = (found.mime.split(';')[0] as string).trim().toLowerCase();
    const office = contentType === 'application/x-cfb' ? OLD_OFFICE[ending] : undefined;
    return office === undefined ? { contentType, extension: found.ext } : { contentType: office, extension: ending };
  }
  const text = TEXTS[ending];
  // One character a byte: what is asked is only whether there are bytes that no text has.
  const isText = text !== undefined && !OTHER_THAN_TEXT.test(Buffer.from(bytes).toString('latin1'));
  return isText ? { contentType: text, extension: ending } : undefined;
}

export function isAllowed(contentType: string, allowed: AllowedKinds): boolean {
  if (NEVER.has(contentType) || contentType.includes('macroenabled')) return false;
  const family = `${contentType.split('/')[0]}/*`;
  return allowed.includes(contentType) || allowed.includes(family);
}

/** Whether a browser may show it in place; everything else is only ever downloaded. */
export function isShown(contentType: string): boolean {
  return SHOWN.has(contentType);
}

/** The name with an ending that fits what the file is, so that nothing is opened as what it is not. */
export function nameForKind(name: string, { extension }: FileKind): string {
  const ending = endingOf(name);
  const same = ALIASES.find((endings) => endings.includes(extension)) ?? [extension];
  return same.includes(ending) ? name : `${name}.${extension}`;
}

/** Lower case, without the dot; empty when there is none. */
export function endingOf(name: string): string {
  return /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

const GUESSES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  pdf: 'application/pdf',
  csv: 'text/csv',
  txt: 'text/plain',
};

export type Media = 'image' | 'audio' | 'video' | 'file' | 'sticker';

const USUAL: Readonly<Record<Media, FileKind>> = {
  image: { contentType: 'image/jpeg', extension: 'jpg' },
  sticker: { contentType: 'image/png', extension: 'png' },
  audio: { contentType: 'audio/mp4', extension: 'm4a' },
  video: { contentType: 'video/mp4', extension: 'mp4' },
  file: { contentType: 'application/octet-stream', extension: '' },
};

/** What a file that nobody has seen yet will most likely be, by what the channel calls it and by its name. */
export function guessKind(media: Media, name: string): FileKind {
  const ending = endingOf(name);
  const guessed = GUESSES[ending];
  const family = media === 'sticker' ? 'image' : media;
  if (guessed !== undefined && (media === 'file' || guessed.startsWith(`${family}/`))) return { contentType: guessed, extension: ending };
  return USUAL[media];
}

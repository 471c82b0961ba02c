import type { Evidence } from './evidence.js';

const TLDS =
  'com|net|org|io|app|dev|shop|store|info|biz|co|me|ai|xyz|online|site|top|club|cloud|tech|support|help|link|page|web|click|live|pro|gov|edu|int|example|test|invalid|local|de|fr|es|it|nl|pt|pl|se|tr|uk|us|ch|at|be|eu|dk|no|fi|cz|sk|hu|ro|bg|gr|ru|ua|br|mx|ar|cl|in|cn|jp|kr|au|nz|ca|ie|lu|li|to|ly|gg|cc|tv|ws|is|su|tk|ml|ga|cf';
const EMAIL = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const SCHEME = /\b(?:[a-z][a-z0-9+.-]{1,15}:\/\/|(?:javascript|data|vbscript|mailto|tel|sms|whatsapp|file|blob):)[^\s<>"'“”„)\]}]*/gi;
const DOMAIN = new RegExp(
  `(?<![\\p{L}\\p{N}@._/-])(?:www\\.)?[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?(?:\\.[\\p{L}\\p{N}-]+)*\\.(?:${TLDS}|xn--[a-z0-9-]+)(?![\\p{L}\\p{N}-])(?:[:/?#][^\\s<>"'“”„)\\]}]*)?`,
  'gu',
);
/** Written so that a machine does not see it. */
const HIDDEN = new RegExp(
  `[\\p{L}\\p{N}-]+\\s*(?:\\[\\.\\]|\\(\\.\\)|\\{\\.\\}|\\[dot\\]|\\(dot\\)|\\s(?:dot|punkt|punto|point|ponto|kropka)\\s)\\s*(?:${TLDS})\\b|\\bhxxps?:`,
  'iu',
);
const PHONE = /(?<![\p{L}\d#.,:/-])(?:\+|00)?\(?\d[\d\s().\u00a0/-]{5,20}\d(?![\p{L}\d])/gu;
const IP = /\b\d{1,3}(?:\.\d{1,3}){3}\b(?:[:/]\S*)?/g;

export interface Addresses {
  /** Without scheme, `www.` and the stroke at the end. */
  readonly links: readonly string[];
  readonly emails: readonly string[];
  /** Digits alone. */
  readonly phones: readonly string[];
}

/** Everything in a text that leads somewhere. */
export function addressesOf(text: string): Addresses {
  const emails = text.match(EMAIL) ?? [];
  const rest = text.replace(EMAIL, ' ');
  const schemes = rest.match(SCHEME) ?? [];
  const others = rest.replace(SCHEME, ' ');
  const links = [...schemes, ...(others.match(DOMAIN) ?? []), ...(others.match(IP) ?? [])].map(bare).filter((link) => link !== '');
  const phones = (others.replace(DOMAIN, ' ').match(PHONE) ?? [])
    .map((phone) => phone.replace(/\D/g, ''))
    .filter((digits) => digits.length >= 7 && digits.length <= 17);
  return { links, emails: emails.map((email) => email.toLowerCase()), phones };
}

/** A place to go to that is written so that nobody sees it at once. */
function hidesAddress(text: string): boolean {
  return HIDDEN.test(text);
}

/**
 * How many links, e-mail addresses and phone numbers of a text are in no cited passage. What the visitor calls his own, an
 * e-mail address or a number, may be repeated to him; a link of his may not.
 */
export function strayAddresses(text: string, evidence: Evidence): number {
  const said = addressesOf(text);
  const known = addressesOf(`${evidence.passages}\n${evidence.urls.join('\n')}`);
  const own = addressesOf(evidence.own);
  const digits = [...known.phones, ...own.phones, ...numbersOf(evidence.passages), ...numbersOf(evidence.own)];
  const links = said.links.filter((link) => !known.links.includes(link) && !known.links.some((other) => isHostOf(link, other)));
  const emails = said.emails.filter((email) => !known.emails.includes(email) && !own.emails.includes(email));
  const phones = said.phones.filter((phone) => !digits.some((other) => samePhone(phone, other)));
  return links.length + emails.length + phones.length + (hidesAddress(text) && !hidesAddress(evidence.passages) ? 1 : 0);
}

function bare(link: string): string {
  return link
    .replace(/[.,;:!?…]+$/u, '')
    .replace(/^(?:https?:\/\/)?(?:www\.)?/i, '')
    .replace(/\/+$/, '')
    .replace(/^[^/?#]+/, (host) => host.toLowerCase());
}

/** The front page of a site that is cited may be named. */
function isHostOf(link: string, other: string): boolean {
  return !/[/?#:]/.test(link) && other.split(/[/?#:]/)[0] === link;
}

function numbersOf(text: string): string[] {
  return (text.match(/\d[\d\s().\u00a0/-]{5,}\d/g) ?? []).map((number) => number.replace(/\D/g, ''));
}

/** The same with or without the prefix of the country. */
function samePhone(one: string, other: string): boolean {
  const national = (phone: string) => phone.replace(/^0+/, '');
  const [a, b] = [national(one), national(other)];
  return a === b || (a.length >= 7 && b.length >= 7 && Math.abs(a.length - b.length) <= 3 && (a.endsWith(b) || b.endsWith(a)));
}

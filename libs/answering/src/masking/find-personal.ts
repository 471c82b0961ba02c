import type { PersonalKind } from './tokens.js';

export interface PersonalDatum {
  readonly kind: PersonalKind;
  readonly text: string;
  readonly at: number;
}

export interface KnownPerson {
  readonly names?: readonly string[];
  readonly emails?: readonly string[];
  readonly phones?: readonly string[];
}

const EMAIL = /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const IBAN = /\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?\b/gi;
const CARD = /(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g;
const PHONE = /(?<![\p{L}\d#/._-])(?:\+|00|\(?0|\(\d{2,4}\)|\d{3}[ .-]\d{3}[ .-]?\d)[\d\s().\u00a0/-]{5,20}\d(?![\p{L}\d])/gu;
/** Somebody says his name; what follows with capitals is it. */
const INTRODUCES =
  /(?<![\p{L}])(?:my name is|my name's|i am called|ich hei(?:ß|ss)e|mein name ist|je m'appelle|je m’appelle|mon nom est|me llamo|mi nombre es|mi chiamo|il mio nome è|ik heet|mijn naam is|meu nome é|o meu nome é|chamo-me|me chamo|nazywam się|mam na imię|jag heter|mitt namn är|benim adım|adım)\s+/giu;
const NAME = /^\p{Lu}[\p{L}'’-]+(?:\s+(?:(?:van|von|de|der|den|da|di|dos|del|la|le|el)\s+){0,2}\p{Lu}[\p{L}'’-]+){0,3}/u;
const HOUSE = '\\d{1,5}\\s?[a-zA-Z]?(?![\\p{L}\\d%])';
const STREETS: readonly RegExp[] = [
  /(?<![\p{L}\d])\d{1,5}[a-z]?,?\s+(?:\p{Lu}[\p{L}'’.-]*\s+){1,4}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|court|ct|square|sq|way|place|pl|terrace|crescent|close)\b\.?(?:,?\s+(?:apt|flat|unit|suite)\.?\s*\w+)?/giu,
  new RegExp(
    `(?<![\\p{L}])\\p{Lu}[\\p{L}.-]*(?:stra(?:ß|ss)e|str\\.|weg|allee|platz|gasse|ring|damm|ufer|straat|laan|plein|gracht|kade|gatan|vägen|gränd)\\s+${HOUSE}`,
    'gu',
  ),
  new RegExp(`(?<![\\p{L}])(?:\\p{Lu}[\\p{L}-]+\\s+)(?:Stra(?:ß|ss)e|Str\\.|Weg|Allee|Platz|Gasse|Ring)\\s+${HOUSE}`, 'gu'),
  /(?<![\p{L}\d])\d{1,4}(?:\s?(?:bis|ter))?,?\s+(?:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|allée|quai)\s+(?:(?:de|du|des|la|le|les|d'|l')\s*){0,3}[\p{L}'’-]+(?:[\s-]\p{Lu}[\p{L}'’-]+){0,3}/giu,
  new RegExp(
    `(?<![\\p{L}])(?:calle|c/|avenida|avda\\.?|paseo|plaza|via|viale|corso|piazza|rua|travessa|praça|ul\\.|ulica|al\\.|aleja|plac)\\s+(?:(?:de|del|la|las|los|da|do|dos|das|di|della)\\s+){0,3}\\p{L}[\\p{L}'’.-]*(?:\\s+\\p{Lu}[\\p{L}'’-]*){0,3},?\\s+(?:n[.º°o]*\\s*)?${HOUSE}`,
    'giu',
  ),
  /(?<![\p{L}])(?:\p{Lu}[\p{L}]+\s+){1,3}(?:Mahallesi|Mah\.|Caddesi|Cad\.|Sokak|Sokağı|Sk\.|Bulvarı)(?:,?\s*(?:No\s*:?\s*)?\d{1,4}[a-zA-Z]?(?:\/\d{1,4})?)?/gu,
];
/** A postcode with its place right behind a street. */
const PLACE =
  /^,?\s+(?:[A-Z]{1,2}-)?\d{4,5}(?:\s?[A-Z]{2}\b)?(?:\s+\p{Lu}[\p{L}-]+(?:\s+\p{Lu}[\p{L}-]+)?)?|^,\s+\d{2}-\d{3}\s+\p{Lu}[\p{L}-]+/u;

/** Personal data in a text, in order, none within another. Names only where somebody says his or it is known already. */
export function findPersonal(text: string, known: KnownPerson = {}): PersonalDatum[] {
  const found: PersonalDatum[] = [
    ...all(text, EMAIL, 'EMAIL'),
    ...(known.emails ?? []).flatMap((email) => literal(text, email, 'EMAIL', 'i')),
    ...all(text, IBAN, 'IBAN').filter((datum) => isIban(datum.text)),
    ...all(text, CARD, 'CARD').filter((datum) => isCard(datum.text)),
    ...STREETS.flatMap((street) => all(text, street, 'ADDRESS').map((datum) => withPlace(text, datum))),
    ...(known.phones ?? []).flatMap((phone) => literal(text, phone, 'PHONE', 'i')),
    ...all(text, PHONE, 'PHONE').filter((datum) => isPhone(datum.text)),
    ...introduced(text),
    ...(known.names ?? []).flatMap((name) => namesOf(text, name)),
  ];
  const taken: PersonalDatum[] = [];
  for (const datum of found) {
    const end = datum.at + datum.text.length;
    if (datum.text !== '' && !taken.some((other) => datum.at < other.at + other.text.length && other.at < end)) taken.push(datum);
  }
  return taken.sort((a, b) => a.at - b.at);
}

function all(text: string, pattern: RegExp, kind: PersonalKind): PersonalDatum[] {
  return [...text.matchAll(pattern)].map(({ 0: found, index }) => ({ kind, text: found, at: index }));
}

function literal(text: string, value: string, kind: PersonalKind, flags: '' | 'i'): PersonalDatum[] {
  const bare = value.trim();
  if (bare.length < 2) return [];
  return all(text, new RegExp(`(?<![\\p{L}\\p{N}])${bare.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, `gu${flags}`), kind);
}

/** The whole name however it is written, its parts only with their capital: `park` is no name. */
function namesOf(text: string, name: string): PersonalDatum[] {
  const parts = name
    .trim()
    .split(/\s+/)
    .filter((part) => part.length > 2 && /^\p{Lu}/u.test(part));
  return [...literal(text, name, 'NAME', 'i'), ...parts.flatMap((part) => literal(text, part, 'NAME', ''))];
}

function introduced(text: string): PersonalDatum[] {
  return [...text.matchAll(INTRODUCES)].flatMap(({ 0: lead, index }) => {
    const at = index + lead.length;
    const name = NAME.exec(text.slice(at))?.[0];
    return name === undefined ? [] : [{ kind: 'NAME' as const, text: name, at }];
  });
}

function withPlace(text: string, datum: PersonalDatum): PersonalDatum {
  const place = PLACE.exec(text.slice(datum.at + datum.text.length))?.[0] ?? '';
  return { ...datum, text: datum.text + place };
}

/** By its check digits (ISO 7064, mod 97). */
function isIban(text: string): boolean {
  const iban = text.replace(/[ -]/g, '').toUpperCase();
  if (iban.length < 15 || iban.length > 34) return false;
  const digits = `${iban.slice(4)}${iban.slice(0, 4)}`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}

/** By its last digit (Luhn). */
function isCard(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  if (/^(\d)\1+$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  return digits.length >= 7 && digits.length <= 15 && !/^\d{4}-\d{2}-\d{2}/.test(text) && !/^\d{1,2}[./]\d{1,2}[./]\d{2,4}$/.test(text);
}

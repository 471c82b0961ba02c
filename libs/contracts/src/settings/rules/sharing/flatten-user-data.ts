import type { UserData } from '../../../conversation/user-data.js';

/** What a bot knows of its visitor, as Crisp wants it. */
export interface DeskContact {
  readonly nickname?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly data: Readonly<Record<string, string | number | boolean>>;
}

/** Crisp publishes no limits for conversation data; these keep what agents see readable. */
export const MAX_KEYS = 50;
export const MAX_KEY_LENGTH = 64;
export const MAX_VALUE_LENGTH = 500;

const EMAIL = /^[^\s@<>"]{1,64}@[^\s@<>"]+\.[^\s@<>"]{2,63}$/;
const PHONE = /^\+?[0-9][0-9 ()./-]{2,30}$/;

/** Words in a key that say: this is nothing for an inbox. Compared word by word, so that `passenger` is no `pass`. */
const SECRET_WORDS = new Set([
  ...[
    'password',
    'passwd',
    'passphrase',
    'pass',
    'pwd',
    'pin',
    'otp',
    'tan',
    'secret',
    'token',
    'jwt',
    'cookie',
    'auth',
    'authorization',
    'bearer',
    'credential',
    'credentials',
  ],
  ...['apikey', 'privatekey', 'accesskey', 'card', 'cardnumber', 'creditcard', 'cc', 'pan', 'cvc', 'cvv', 'iban', 'bic', 'ssn', 'passport'],
]);
const SECRET_PAIRS = ['api key', 'private key', 'access key', 'credit card', 'social security', 'bank account', 'account number', 'tax id'];

/**
 * `name`, `email` and `phone` become the contact's own fields where they look like such; everything else becomes flat
 * conversation data (`order.id`), bounded in number and size. Keys that sound like secrets are left out with all they hold.
 */
export function flattenUserData(userData: UserData): DeskContact {
  const { name, email, phone, ...rest } = userData;
  const data: Record<string, string | number | boolean> = {};
  for (const [key, value] of entriesOf(rest, '')) {
    if (Object.keys(data).length >= MAX_KEYS) break;
    data[key] = value;
  }
  const nickname = typeof name === 'string' ? oneLine(name).slice(0, 100) : '';
  const contact = {
    ...(nickname ? { nickname } : {}),
    ...(typeof email === 'string' && EMAIL.test(email.trim()) ? { email: email.trim().slice(0, 254) } : {}),
    ...(typeof phone === 'string' && PHONE.test(phone.trim()) ? { phone: phone.trim() } : {}),
  };
  return { ...contact, data };
}

function* entriesOf(value: unknown, path: string): Generator<[string, string | number | boolean]> {
  if (value === null || value === undefined || value === '') return;
  if (typeof value === 'number' || typeof value === 'boolean') return yield [path.slice(0, MAX_KEY_LENGTH), value];
  if (typeof value === 'string') return yield [path.slice(0, MAX_KEY_LENGTH), bounded(value)];
  if (Array.isArray(value) && value.every((item) => item === null || typeof item !== 'object')) {
    if (value.length > 0) yield [path.slice(0, MAX_KEY_LENGTH), bounded(value.filter((item) => item !== null).join(', '))];
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    if (soundsSecret(key)) continue;
    const segment = oneLine(key).replaceAll('.', '_');
    yield* entriesOf(inner, path === '' ? segment : `${path}.${segment}`);
  }
}

/** Whether a key such as `cardNumber`, `api_key` or `Access-Token` names what must not leave for an inbox. */
export function soundsSecret(key: string): boolean {
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean);
  const phrase = ` ${words.join(' ')} `;
  return (
    words.some((word) => SECRET_WORDS.has(word) || SECRET_WORDS.has(word.replace(/s$/, ''))) ||
    SECRET_PAIRS.some((pair) => phrase.includes(` ${pair} `))
  );
}

function bounded(text: string): string {
  return text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH - 1)}…` : text;
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

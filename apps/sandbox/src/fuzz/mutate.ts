import type { Random } from '../simulator-kit/random.js';

/** What breaks programs more often than chance finds it. */
const TOKENS = [
  ...['\r\n', '\r\n\r\n', '\0', '%00', '%zz', '__proto__', 'constructor', '"', '\\u0000', '\\ud800', '{', '[', '}', ']', ',', ':'],
  ...['1e999', '-0', '9'.repeat(40), 'null', 'NaN', 'Transfer-Encoding: chunked\r\n', 'Content-Length: 1\r\n', 'Expect: 100-continue\r\n'],
  ...['ffffffff\r\n', '\u00ff\u00fe', '\u202e', '👩🏽‍🚀', '../', '; charset=utf-16', 'a'.repeat(5_000)],
];

/** The same bytes, changed in one to four places: flipped, cut, doubled, moved, or with something put between. */
export function mutate(bytes: Buffer, random: Random): Buffer {
  let changed = bytes;
  for (let times = 1 + random.below(4); times > 0; times--) changed = once(changed, random);
  return changed;
}

function once(bytes: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length + 1);
  const length = 1 + random.below(Math.min(64, bytes.length + 1));
  switch (random.below(6)) {
    case 0: {
      const flipped = Buffer.from(bytes);
      if (at < flipped.length) flipped[at] = flipped[at]! ^ (1 << random.below(8));
      return flipped;
    }
    case 1:
      return bytes.subarray(0, at);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at)]);
    default:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(TOKENS[random.below(TOKENS.length)]!), bytes.subarray(at)]);
  }
}

const STRANGE: readonly unknown[] = [
  ...[null, true, 0, -1, 1.5, 2 ** 53, 1e308, '', ' ', '0', '\0', '\ud800', 'null', '../..', 'a'.repeat(3_000), [], {}, [[]], [null]],
  ...[{ toString: 1 }, { length: 2 ** 31 }, { length: { toString: 1 } }, { then: {} }, JSON.parse('{"__proto__":{"polluted":true}}')],
];

/** The same JSON value with one to three of its inner values replaced by strange ones, left out, or doubled in a list. */
export function mutateJson(value: unknown, random: Random): unknown {
  let changed = value;
  for (let times = 1 + random.below(3); times > 0; times--) changed = replaced(changed, random);
  return changed;
}

function replaced(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.chance(0.1)) return STRANGE[random.below(STRANGE.length)];
  if (Array.isArray(value)) {
    if (value.length === 0 || random.chance(0.2)) return Array.from({ length: random.below(50) }, () => value[0] ?? null);
    const at = random.below(value.length);
    return value.map((one: unknown, index) => (index === at ? replaced(one, random) : one));
  }
  const names = Object.keys(value);
  if (names.length === 0 || random.chance(0.1)) return { ...value, unexpected: STRANGE[random.below(STRANGE.length)] };
  const name = names[random.below(names.length)]!;
  if (random.chance(0.15)) return Object.fromEntries(Object.entries(value).filter(([one]) => one !== name));
  return { ...value, [name]: replaced((value as Record<string, unknown>)[name], random) };
}

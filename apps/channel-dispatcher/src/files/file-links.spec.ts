import { describe, expect, it } from '@jest/globals';
import { NOON, after, uuid } from '../testing/deliveries.js';
import { FileLinks } from './file-links.js';
import type { GivenLink } from './file-links.js';

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');
const links = new FileLinks('https://chat.example/baton/', key(1));
const HOUR_MS = 3_600_000;
const url = links.linkTo(uuid(1), 'photo one.png', after(HOUR_MS));
const link = links.read(url) as GivenLink;

describe('the link to a file', () => {
  it('names the file for people, and says until when it is good', () => {
    expect(url).toMatch(
      /^https:\/\/chat\.example\/baton\/v1\/files\/00000000-0000-4000-8000-000000000001\/photo%20one\.png\?until=\d+&sig=[\w-]{43}$/,
    );
    expect(Number(link.until)).toBe(NOON.getTime() / 1_000 + 3_600);
  });

  it('is good until then', () => {
    expect(links.check(link, NOON)).toBe('good');
    expect(links.check(link, after(HOUR_MS - 1))).toBe('good');
    expect(links.check(link, after(HOUR_MS))).toBe('expired');
  });

  it.each<[string, Partial<GivenLink>]>([
    ['of another file', { id: uuid(2) }],
    ['that was made longer', { until: '9999999999' }],
    ['with a time that is none', { until: '1e12' }],
    ['without a time', { until: '' }],
    ['with another signature', { sig: 'A'.repeat(43) }],
    ['with half a signature', { sig: link.sig.slice(0, 20) }],
    ['without a signature', { sig: '' }],
    ['whose file is a path', { id: '../../etc' }],
  ])('is wrong %s', (_what, change) => {
    expect(links.check({ ...link, ...change }, NOON)).toBe('wrong');
  });

  it('is wrong when another key signed it', () => {
    expect(new FileLinks('https://chat.example', key(2)).check(link, NOON)).toBe('wrong');
  });

  it.each([
    'https://elsewhere.example/v1/files/x/y?until=1&sig=2',
    'https://chat.example/baton/v1/other/x',
    'https://chat.example.evil.example/baton/v1/files/x/y',
    'nonsense',
    '',
  ])('is not read out of "%s"', (other) => {
    expect(links.read(other)).toBeUndefined();
  });
});

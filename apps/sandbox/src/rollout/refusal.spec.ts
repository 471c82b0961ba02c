import { describe, expect, it } from '@jest/globals';
import { refusalOf, type ToRecord } from './refusal.js';

const of = (patch: Partial<ToRecord>): ToRecord => ({
  version: '0.10.0',
  again: false,
  isTagged: false,
  kept: ['0.9.0', '0.1.0'],
  ...patch,
});

describe('a release is recorded', () => {
  it.each<[string, Partial<ToRecord>]>([
    ['when it is the next one', {}],
    ['when it is the first one', { kept: [] }],
    ['again, as long as it has no tag', { version: '0.9.0', again: true }],
  ])('%s', (_, patch) => expect(refusalOf(of(patch))).toBeUndefined());
});

describe('a release is not recorded', () => {
  it.each<[string, Partial<ToRecord>, string]>([
    ['when it is there already', { version: '0.9.0' }, 'docs/releases/0.9.0 is there already'],
    ['again, when it has its tag', { version: '0.9.0', again: true, isTagged: true }, 'v0.9.0 has its tag'],
    ['when its tag is there, but not its folder', { isTagged: true }, 'v0.10.0 has its tag'],
    ['when it comes before the newest', { version: '0.8.9', again: true }, '0.8.9 comes before 0.9.0'],
    ['when it is no version', { version: 'v1' }, '"v1" is no version'],
  ])('%s', (_, patch, sentence) => expect(refusalOf(of(patch))).toContain(sentence));
});

import { describe, expect, it } from '@jest/globals';
import { lacks, type Lock } from './lock.js';

const lock = (packages: Lock['packages']): Lock => ({
  packages: { '': { version: '0.1.0' }, 'libs/contracts': { version: '0.1.0' }, ...packages },
});

describe('packages of this tree serve another one', () => {
  it.each([
    ['when they are the same', { 'node_modules/pg': { version: '8.0.0' } }, []],
    ['when it needs fewer', {}, []],
    ['whatever our own packages are', { 'node_modules/@baton/old': { version: '0.0.1', link: true } }, []],
    ['unless it needs another version', { 'node_modules/pg': { version: '7.0.0' } }, ['pg 7.0.0']],
    ['unless it needs one more, however deep', { 'node_modules/pg/node_modules/pg-types': { version: '2.0.0' } }, ['pg-types 2.0.0']],
  ])('%s', (_, wanted, missing) => {
    expect(lacks(lock({ 'node_modules/pg': { version: '8.0.0' }, 'node_modules/ws': { version: '8.1.0' } }), lock(wanted))).toEqual(
      missing,
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { closureOf, type Lock, type Target } from './closure.js';

const linux: Target = { os: 'linux', cpu: 'x64' };
const link = (resolved: string) => ({ link: true, resolved });

const lock: Lock = {
  '': { version: '1.0.0' },
  'apps/door': { version: '1.0.0', dependencies: { '@ours/words': '1.0.0', server: '2.0.0' }, ...{ devDependencies: { tester: '1.0.0' } } },
  'libs/words': { version: '1.0.0', dependencies: { words: '1.0.0' } },
  'node_modules/@ours/words': link('libs/words'),
  'node_modules/@ours/door': link('apps/door'),
  'node_modules/server': {
    version: '2.0.0',
    dependencies: { parser: '1.0.0' },
    optionalDependencies: { 'binary-linux': '1.0.0', 'binary-windows': '1.0.0', 'binary-gone': '1.0.0', 'binary-arm': '1.0.0' },
    peerDependencies: { words: '*', tester: '*' },
    peerDependenciesMeta: { tester: { optional: true } },
  },
  'node_modules/server/node_modules/parser': { version: '1.0.0', dependencies: { words: '1' } },
  'node_modules/parser': { version: '9.0.0' },
  'node_modules/words': { version: '1.0.0', dependencies: { server: '*' } },
  'node_modules/binary-linux': { version: '1.0.0', os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
  'node_modules/binary-arm': { version: '1.0.0', os: ['!win32'], cpu: ['arm64'] },
  'node_modules/binary-windows': { version: '1.0.0', os: ['win32'] },
  'node_modules/tester': { version: '1.0.0' },
};

describe('what a workspace needs at run time', () => {
  it('is itself, ours and others, each where Node will find it', () => {
    const { workspaces, packages } = closureOf(lock, 'apps/door', linux);
    expect(workspaces).toEqual(['apps/door', 'libs/words']);
    expect(packages).toEqual([
      'node_modules/binary-linux',
      'node_modules/server',
      'node_modules/server/node_modules/parser',
      'node_modules/words',
    ]);
  });

  it('has the binaries of the machine it is for', () => {
    const { packages } = closureOf(lock, 'apps/door', { os: 'linux', cpu: 'arm64' });
    expect(packages.filter((place) => place.includes('binary'))).toEqual(['node_modules/binary-arm']);
  });

  it('leaves out what is not wanted, with all that only this needs', () => {
    expect(closureOf(lock, 'apps/door', linux, ['server', 'words'])).toMatchObject({
      workspaces: ['apps/door', 'libs/words'],
      packages: [],
    });
  });

  it('says who needs whom', () => {
    expect(closureOf(lock, 'apps/door', linux).edges.get('apps/door')).toEqual(['libs/words', 'node_modules/server']);
  });

  it.each([
    ['a workspace that is not there', 'apps/none', 'The lock file knows no workspace apps/none.'],
    ['a package that is not there', 'apps/broken', 'apps/broken needs nothing, which the lock file does not have.'],
  ])('cannot be told of %s', (_what, workspace, message) => {
    const broken: Lock = { ...lock, 'apps/broken': { version: '1.0.0', dependencies: { nothing: '1.0.0' } } };
    expect(() => closureOf(broken, workspace, linux)).toThrow(message);
  });
});

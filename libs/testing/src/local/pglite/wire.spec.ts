import { describe, expect, it } from '@jest/globals';
import { ClientStream, fatal, query, readAnswer, readRows, sqlOf, startup, SYNC, withOwnStatement } from './wire.js';

const packet = (type: string, body: string): Buffer => {
  const bytes = Buffer.from(body, 'latin1');
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length + 4);
  return Buffer.concat([Buffer.from(type), length, bytes]);
};

describe('what a client sends', () => {
  it('is understood in whatever pieces it comes', () => {
    const stream = new ClientStream();
    const bytes = Buffer.concat([startup({ user: 'ann', database: 'house', options: '-c search_path=a' }), query('SELECT 1'), SYNC]);
    const heard: unknown[] = [];
    let first: unknown;
    for (const byte of bytes) {
      stream.push(Buffer.from([byte]));
      first ??= stream.first();
      if (first) for (let next = stream.next(); next; next = stream.next()) heard.push([next.type, sqlOf(next)]);
    }
    expect(first).toEqual({
      kind: 'startup',
      parameters: new Map([
        ['user', 'ann'],
        ['database', 'house'],
        ['options', '-c search_path=a'],
      ]),
    });
    expect(heard).toEqual([
      ['Q', 'SELECT 1'],
      ['S', undefined],
    ]);
  });

  it.each([
    ['encryption', [0, 0, 0, 8, 4, 210, 22, 47]],
    ['encryption', [0, 0, 0, 8, 4, 210, 22, 48]],
    ['cancel', [0, 0, 0, 16, 4, 210, 22, 46, 0, 0, 0, 1, 0, 0, 0, 2]],
  ])('may first be a wish for %s', (kind, bytes) => {
    const stream = new ClientStream();
    stream.push(Buffer.from(bytes));
    expect(stream.first()).toEqual({ kind });
  });
});

describe('the name of a prepared statement', () => {
  it.each([
    ['when it is prepared', 'P', 'mine\0SELECT 1\0\0\0', 'c1_mine\0SELECT 1\0\0\0'],
    ['when it is bound', 'B', 'portal\0mine\0\0\0', 'portal\0c1_mine\0\0\0'],
    ['when it is described', 'D', 'Smine\0', 'Sc1_mine\0'],
    ['when it is closed', 'C', 'Smine\0', 'Sc1_mine\0'],
  ])('becomes the client’s own %s', (_, type, before, after) => {
    expect(withOwnStatement({ type, bytes: packet(type, before) }, 'c1_')).toEqual({ bytes: packet(type, after), statement: 'c1_mine' });
  });

  it.each([
    ['a statement without a name', 'P', '\0SELECT 1\0\0\0'],
    ['a portal', 'D', 'Pportal\0'],
    ['a query', 'Q', 'SELECT 1\0'],
  ])('is no matter for %s', (_, type, body) => {
    expect(withOwnStatement({ type, bytes: packet(type, body) }, 'c1_')).toBeUndefined();
  });
});

describe('what the database answers', () => {
  it('tells its commands, its first error and whether a transaction is open', () => {
    const bytes = Buffer.concat([
      packet('C', 'SET\0'),
      packet('C', 'SELECT 1\0'),
      fatal('25P02', 'no'),
      fatal('1', 'later'),
      packet('Z', 'E'),
    ]);
    expect(readAnswer(bytes)).toEqual({ status: 'E', commands: ['SET', 'SELECT 1'], error: 'no' });
    expect(readAnswer(packet('1', ''))).toEqual({ status: undefined, commands: [], error: undefined });
  });

  it('carries rows of text', () => {
    const row = packet('D', '\0\x02\0\0\0\x01a\xff\xff\xff\xff');
    expect(readRows(Buffer.concat([row, packet('C', 'SELECT 1\0')]))).toEqual([['a', '']]);
  });
});

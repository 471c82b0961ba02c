import { describe, expect, it } from '@jest/globals';
import { UnprocessableEvent } from '../lanes/unprocessable-event.js';
import { deadLetterOf, readDeadLetter, withoutBody } from './dead-letter.js';
import { describeError } from './describe-error.js';
import { cameBackFrom, noteOfReplay, replayNotedIn, replayOf } from './replay.js';

const record = {
  topic: 'baton.deliveries.v1',
  partition: 3,
  offset: 42n,
  timestamp: 0,
  key: Buffer.from('c1'),
  value: Buffer.from([0xff, 0x00]),
  headers: { ce_id: Buffer.from('e1'), 'dl-reason': Buffer.from('a header that is called like ours') },
};
const refusal = {
  reason: 'not-json',
  error: 'it is not JSON',
  consumer: 'baton.channel-dispatcher',
  at: new Date('2026-01-05T10:00:00Z'),
} as const;

describe('a dead letter', () => {
  const written = deadLetterOf(record, refusal);
  const asRecord = { ...record, topic: 'baton.dead-letters.v1', partition: 0, offset: 7n, headers: written.headers as never };

  it('keeps key, bytes and headers as they came, and tells why', () => {
    const letter = readDeadLetter(asRecord);
    expect(letter).toMatchObject({
      place: '0:7',
      topic: record.topic,
      partition: '3',
      offset: '42',
      consumer: 'baton.channel-dispatcher',
      reason: 'not-json',
    });
    expect(letter.original).toEqual({ key: record.key, value: record.value, headers: record.headers });
  });

  it('tells who wrote what and why even when there is no room for the record itself', () => {
    const small = withoutBody(written);
    expect(small).toMatchObject({ key: record.key, value: null, headers: { 'dl-topic': record.topic, 'dl-reason': 'not-json' } });
    expect(small.headers['dl-error']).toBe('it is not JSON (its headers and 2 bytes were too large to keep)');
    expect(Object.keys(small.headers).filter((name) => name.startsWith('dl-original-'))).toEqual([]);
  });

  it('is sent again as it came, with a mark, and the note about it is no dead letter', () => {
    const letter = readDeadLetter(asRecord);
    expect(replayOf(letter)).toEqual({
      topic: record.topic,
      key: record.key,
      value: record.value,
      headers: { ...record.headers, ce_replayed: 'true', ce_deadletter: letter.id },
    });
    expect(letter.id).toBe(readDeadLetter(asRecord).id);
    const back = deadLetterOf({ ...record, headers: replayOf(letter).headers as never }, refusal);
    expect([cameBackFrom(letter), cameBackFrom(readDeadLetter({ ...asRecord, headers: back.headers as never }))]).toEqual([
      undefined,
      letter.id,
    ]);
    const note = noteOfReplay('baton.dead-letters.v1', letter, refusal.at);
    expect(replayNotedIn({ ...asRecord, headers: note.headers as never })).toBe('0:7');
    expect(replayNotedIn(asRecord)).toBeUndefined();
  });
});

describe('what is told of an error', () => {
  it('is its name, its code and its place, never its words: they may be a person’s', () => {
    const failure = Object.assign(new Error('invalid input syntax for type uuid: "my address is"'), { code: '22P02' });
    const wrapped = Object.assign(new TypeError('query failed: "my address is"'), { driverError: failure });
    expect(describeError(wrapped)).toMatch(/^TypeError 22P02 at /);
    expect(describeError(wrapped)).not.toContain('my address');
    expect(describeError('my address is')).toBe('something that is no error was thrown (string)');
  });

  it('is the words of an UnprocessableEvent, for those are ours', () => {
    expect(describeError(new UnprocessableEvent('the bot does not exist'))).toBe('the bot does not exist');
  });
});

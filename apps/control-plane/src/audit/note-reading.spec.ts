import { expect, it } from '@jest/globals';
import type { AuditNote } from './audit.js';
import { NoteReading } from './note-reading.js';

const ada = { kind: 'person', id: 'ada', name: 'Ada' } as const;
const bo = { kind: 'person', id: 'bo', name: 'Bo' } as const;
const HOUR = 3_600_000;

it('who reads a conversation or dead letter is noted once for each person, thing and hour, and again when the note failed', async () => {
  const notes: string[] = [];
  let fails = false;
  let now = 0;
  const audit = {
    note: ({ by, action, target }: AuditNote) => {
      if (fails) return Promise.reject(new Error('the database is away'));
      notes.push(`${by.name} ${target.kind === 'conversation' ? '' : `${action} ${target.kind} `}${target.id}`);
      return Promise.resolve();
    },
  };
  const reading = new NoteReading(audit, () => now);
  await Promise.all([reading.note('acme', 'one', ada), reading.note('acme', 'one', ada)]);
  await reading.note('acme', 'one', bo);
  await reading.note('acme', 'two', ada);
  now += HOUR - 1;
  await reading.note('acme', 'one', ada);
  expect(notes).toEqual(['Ada one', 'Bo one', 'Ada two']);
  now += 1;
  fails = true;
  await expect(reading.note('acme', 'one', ada)).rejects.toThrow('away');
  fails = false;
  await reading.note('acme', 'one', ada);
  await reading.note('acme', 'one', ada, 'dead-letter.read');
  await reading.note('acme', 'one', ada, 'dead-letter.read');
  expect(notes.slice(3)).toEqual(['Ada one', 'Ada dead-letter.read dead-letter one']);
});

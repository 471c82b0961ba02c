import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DESK_TEXT_LIMIT } from '../floor/policy.js';
import { Visitor } from '../testing/cases.js';
import { judgeKit } from '../testing/judge-kit.js';
import type { JudgeKit } from '../testing/judge-kit.js';
import { lastWords } from './follow-up-texts.js';

let kit: JudgeKit;
beforeAll(async () => {
  kit = await judgeKit();
}, 60_000);
afterAll(() => kit.close());

it.each(['', 'x'])('his last words fit into one message of Crisp, and no character of theirs is cut in two', async (beginning) => {
  const visitor = new Visitor();
  await kit.judge.judge([visitor.says(`${beginning}${'😀'.repeat(DESK_TEXT_LIMIT)}${beginning}`)]);
  const words = (await lastWords(kit.dataSource, visitor.conversationId, Date.parse('2030-01-01T00:00:00.000Z')))!;
  expect(words.length).toBeLessThanOrEqual(DESK_TEXT_LIMIT);
  expect(words.length).toBeGreaterThan(DESK_TEXT_LIMIT - 3);
  expect(() => encodeURIComponent(words)).not.toThrow();
});

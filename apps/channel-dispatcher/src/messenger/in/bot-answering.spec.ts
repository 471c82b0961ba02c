import { expect, it } from '@jest/globals';
import { isBotAnswering } from './bot-answering.js';

const NOON = new Date('2026-03-04T12:00:00Z');
const before = (seconds: number): Date => new Date(NOON.getTime() - seconds * 1_000);
const bot = { enabled: true, handover: { elsewhereMuteSeconds: 600 } };

it.each([
  ['a bot that has the floor', bot, null, true],
  ['a bot just after somebody else answered', bot, before(0), false],
  ['a bot a little before its silence ends', bot, before(599), false],
  ['a bot whose silence is over', bot, before(600), true],
  ['a bot that is switched off', { ...bot, enabled: false }, null, false],
  ['a bot that nobody knows', undefined, null, false],
])('%s: answering?', (_who, settings, elsewhereAt, expected) => {
  expect(isBotAnswering(settings, elsewhereAt, NOON)).toBe(expected);
});

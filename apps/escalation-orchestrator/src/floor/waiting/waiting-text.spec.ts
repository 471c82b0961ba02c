import { expect, it } from '@jest/globals';
import { ourLines } from '@baton/contracts';
import type { WaitingLine } from '../facts.js';
import { aFact, storyOn } from '../conversation.builder.js';
import { policyOf } from './waiting.builder.js';

const { en } = ourLines;

const MINUTE = 60_000;
const WAITING = en.texts.waiting;
const ESTIMATE = en.texts.waitEstimate.replace('{minutes}', '7');
const PLACE = en.texts.placeInLine.replace('{count}', '3');
const line: WaitingLine = { ahead: 3, estimate: 6.2 * MINUTE };

it.each<[string, Record<string, unknown>, WaitingLine | undefined, string]>([
  ['nothing more when nothing is known', { place: true }, undefined, WAITING],
  ['how long others waited', {}, line, `${WAITING} ${ESTIMATE}`],
  ['his place where that is wanted', { place: true }, line, `${WAITING} ${PLACE} ${ESTIMATE}`],
  ['no place when he is the next', { place: true }, { ...line, ahead: 0 }, `${WAITING} ${ESTIMATE}`],
  ['no time when there is no honest one', { place: true }, { ...line, estimate: null }, `${WAITING} ${PLACE}`],
  ['no time where that is not wanted', { estimate: false }, line, WAITING],
])('who begins to wait is told in one line: %s', (_, waiting, known, text) => {
  const story = storyOn.escalating(policyOf({ waiting })).agentsAreThere().opened();
  story.happens(aFact('first-message-posted', { handoverId: story.handoverId, line: known }));
  expect(story.shown).toEqual([text]);
});

import { describe, expect, it } from '@jest/globals';
import { HandoverSettingsSchema } from '@baton/contracts';
import { aPolicy } from '../conversation.builder.js';
import type { AvailabilityAnswer } from '../facts.js';
import { mayPromise } from './may-promise.js';
import { whoAnswers } from './who-answers.js';

const hours = { timeZone: 'Europe/Berlin', weekly: { monday: [{ from: '09:00', to: '17:00' }] } };
const OPEN = Date.parse('2026-11-23T09:00:00Z');
const SHUT = Date.parse('2026-11-23T18:00:00Z');
const bot = { websiteId: 'w', handover: HandoverSettingsSchema.parse({ hours }) };
const off = { ...bot, handover: HandoverSettingsSchema.parse({ hours, enabled: false }) };
const always = { ...bot, handover: HandoverSettingsSchema.parse({}) };

describe('may a human be promised', () => {
  it.each<[string, object, number, AvailabilityAnswer | undefined, string]>([
    ['without a connection to Crisp', { ...bot, websiteId: null }, OPEN, 'yes', 'channel-off'],
    ['with handovers switched off', off, OPEN, 'yes', 'channel-off'],
    ['switched off and closed', off, SHUT, undefined, 'channel-off'],
    ['outside business hours, before anybody is asked', bot, SHUT, undefined, 'closed'],
    ['outside business hours, though somebody is online', bot, SHUT, 'yes', 'closed'],
    ['outside business hours, whatever else is wrong', bot, SHUT, 'crisp-unreachable', 'closed'],
    ['inside business hours, before anybody is asked', bot, OPEN, undefined, 'ask'],
    ['inside business hours with nobody online', bot, OPEN, 'nobody-online', 'nobody-online'],
    ['inside business hours with nobody of this category', bot, OPEN, 'nobody-for-category', 'nobody-for-category'],
    ['inside business hours without an answer of Crisp', bot, OPEN, 'crisp-unreachable', 'crisp-unreachable'],
    ['inside business hours without a call left', bot, OPEN, 'quota', 'quota'],
    ['inside business hours with somebody online', bot, OPEN, 'yes', 'yes'],
    ['without business hours, at night', always, SHUT, undefined, 'ask'],
    ['without business hours, with somebody online', always, SHUT, 'yes', 'yes'],
  ])('%s', (_what, policy, at, answer, expected) => {
    const may = mayPromise(aPolicy(policy), at, answer);
    expect(may.is === 'no' ? may.reason : may.is).toBe(expected);
  });
});

describe('who answers a category', () => {
  const handover = HandoverSettingsSchema.parse({
    categories: { Billing: { operatorIds: ['mia'], inboxId: 'money' }, 'Überweisung ': { inboxId: 'bank' } },
  });

  it.each([
    ['billing', { operatorIds: ['mia'], inboxId: 'money' }],
    [' BILLING ', { operatorIds: ['mia'], inboxId: 'money' }],
    ['U\u0308BERWEISUNG', { inboxId: 'bank' }],
    ['bill', {}],
    ['constructor', {}],
    [null, {}],
  ])('%j', (category, expected) => {
    expect(whoAnswers(handover, category)).toEqual(expected);
  });
});

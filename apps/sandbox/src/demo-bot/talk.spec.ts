import { describe, expect, it } from '@jest/globals';
import type { Escalation, QuickReplyInput, Reply } from '@baton/bot-sdk';
import { type Memory, talk, welcomeBack } from './talk.js';

interface Said {
  texts: string[];
  titles: string[];
  escalation?: Escalation;
  isFallback?: true;
}

function listen(compose: (reply: Reply) => void): Said {
  const said: Said = { texts: [], titles: [] };
  const reply = {
    text: (text: string, quickReplies: readonly QuickReplyInput[] = []) => {
      said.texts.push(text);
      said.titles.push(...quickReplies.map((one) => (typeof one === 'string' ? one : one.title)));
      return reply;
    },
    fallback: () => {
      said.isFallback = true;
      return reply;
    },
    escalate: (escalation: Escalation) => {
      said.escalation = escalation;
      return reply;
    },
  } as unknown as Reply;
  compose(reply);
  return said;
}

const hear = (text: string, memory: Memory = {}, payload?: string): Said => listen((reply) => talk({ text, payload }, memory, reply));

describe('the demo bot', () => {
  it('says that it is automated and what it can do', () => {
    const { texts, titles } = hear('hi');
    expect(texts[0]).toContain('automated');
    expect(titles).toHaveLength(3);
  });

  it('says when it does not understand, but not to who only greets it', () => {
    const memory: Memory = {};
    expect(hear('hi', memory).isFallback).toBeUndefined();
    expect(hear('what is the meaning of it all', memory).isFallback).toBe(true);
  });

  it('knows orders and opening hours', () => {
    expect(hear('Where is order 1234?').texts[0]).toContain('Order 1234');
    expect(hear('When are you open?').texts[0]).toContain('Monday');
    expect(hear('Opening hours', {}, 'hours').texts[0]).toContain('Monday');
  });

  it('asks what it is about, then asks for a human with what it learned', () => {
    const memory: Memory = {};
    hear('My name is Ada Park, ada@example.test, order 4711', memory);
    expect(hear('Talk to a human', memory, 'human').titles).toContain('A refund');
    expect(hear('A refund', memory, 'human:billing').escalation).toMatchObject({
      category: 'billing',
      userData: { name: 'Ada Park', email: 'ada@example.test', order: { number: '4711' } },
    });
  });

  it('understands who asks for a person in plain words', () => {
    expect(hear('I want to talk to a human about my refund').escalation?.category).toBe('billing');
    expect(hear('is there a person?').escalation?.category).toBe('general');
  });

  it('knows what the agent said when it comes back', () => {
    const at = '2026-01-05T10:00:00.000Z';
    const back = listen((reply) =>
      welcomeBack({ reason: 'resolved', human_stretch: [{ from: 'agent', name: 'Mia', text: 'It leaves today.', at }] }, reply),
    );
    expect(back.texts[0]).toContain('Mia told you: “It leaves today.”');
    const at_ = { began_at: at, ended_at: at, handover_id: '019b8d6e-7d10-7000-8000-0000000000b1', decided: [], extract: '' };
    const said = [{ name: 'Mia', text: 'I will send you a new one.', at }];
    const capsule = { ...at_, agents: ['Mia'], said, promised: said };
    const promised = listen((reply) => welcomeBack({ reason: 'resolved', human_stretch: [], capsule, continue_with: 'bye' }, reply));
    expect(promised.texts[0]).toMatch(/Mia promised: “I will send you a new one.” Have a good day!$/);
    expect(listen((reply) => welcomeBack({ reason: 'declined', human_stretch: [] }, reply)).texts).toEqual([]);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deskEventId, findFact } from './desk-events.js';
import type { DeskEvent, KnownMessage } from './desk-events.js';

const of = { websiteId: '11111111-2222-4333-8444-555555555555', sessionId: 'session_a' };
const text = (words: string) => ({ type: 'text', text: words }) as const;
const message = (words = 'hello'): DeskEvent => ({
  ...of,
  kind: 'agent-message',
  fingerprint: '1',
  at: 100,
  agent: { name: 'Mia' },
  body: text(words),
  continuation: [],
});
const edit = (words: string, at: number): DeskEvent => ({ ...of, kind: 'edited', fingerprint: '1', at, body: text(words) });
const removal = (at: number): DeskEvent => ({ ...of, kind: 'removed', fingerprint: '1', at });

/** Tells events one after another; returns what the visitor would see in the end, or null when it is gone. */
function tell(events: readonly DeskEvent[]): { shown: string | null; facts: string[] } {
  let known: KnownMessage | undefined;
  let shown: string | null = null;
  const facts: string[] = [];
  const seen = new Set<string>();
  for (const event of events) {
    if (seen.has(deskEventId(event))) continue;
    seen.add(deskEventId(event));
    const finding = findFact(event, known, undefined);
    known = finding.known ?? known;
    for (const fact of 'facts' in finding ? finding.facts : []) {
      facts.push(fact.kind);
      if (fact.kind === 'agent-wrote') shown = fact.removed ? null : fact.body.type === 'text' ? fact.body.text : null;
      if (fact.kind === 'agent-edited') shown = fact.body.type === 'text' ? fact.body.text : null;
      if (fact.kind === 'agent-removed') shown = null;
    }
  }
  return { shown, facts };
}

describe('what is known of a message in Crisp', () => {
  it('tells our echo from a word of a person', () => {
    const ours: KnownMessage = { ours: true, messageId: null, pending: null, contentAt: 0, removed: false };
    expect(findFact(message(), ours, undefined)).toEqual({ ignored: 'echo' });
    expect(findFact(edit('x', 200), ours, undefined)).toEqual({ ignored: 'edit-of-ours' });
    expect(findFact(removal(200), ours, undefined)).toEqual({ ignored: 'removal-of-ours' });
  });

  it('comes to the same end in whatever order message and edits arrive, and however often', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([message('one'), message('one'), edit('two', 200), edit('three', 300), edit('two', 200)], { minLength: 5 }),
        (events) => {
          expect(tell(events).shown).toBe('three');
        },
      ),
    );
  });

  it('shows nothing any more once it was removed, in whatever order that arrives', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([message('one'), edit('two', 200), removal(300), removal(300)], { minLength: 4 }), (events) => {
        expect(tell(events).shown).toBeNull();
      }),
    );
  });

  it('shows a text that is too long for one message in parts, in order', () => {
    const finding = findFact({ ...message('first'), continuation: [text('second'), text('third')] } as DeskEvent, undefined, undefined);
    const facts = 'facts' in finding ? finding.facts : [];
    expect(facts.map((fact) => fact.kind === 'agent-wrote' && fact.body.type === 'text' && fact.body.text)).toEqual([
      'first',
      'second',
      'third',
    ]);
    expect(new Set(facts.map((fact) => fact.id)).size).toBe(3);
  });

  it('knows a command by its note, whatever else is told of it, and forgets one that was taken back', () => {
    const command = { ...of, kind: 'command', fingerprint: '1', operatorId: 'mia', by: 'Mia', command: { do: 'why' } } as const;
    expect(deskEventId({ ...command, at: 1 })).toBe(deskEventId({ ...command, at: 2, by: 'Tom' }));
    expect(findFact({ ...command, at: 1 }, undefined, undefined)).toMatchObject({
      facts: [{ kind: 'agent-commanded', writer: 'unchecked' }],
    });
    const removed: KnownMessage = { ours: false, messageId: null, pending: null, contentAt: 1, removed: true };
    expect(findFact({ ...command, at: 1 }, removed, undefined)).toEqual({ ignored: 'command-taken-back' });
  });

  it('takes a state that we set ourselves a moment ago for our own', () => {
    const setByUs = { state: 'resolved', from: 1_000_000, until: 1_000_500 };
    const state = (at: number): DeskEvent => ({ ...of, kind: 'state', state: 'resolved', at });
    expect(findFact(state(1_000_700), undefined, setByUs)).toEqual({ ignored: 'state-set-by-us' });
    expect(findFact(state(1_020_000), undefined, setByUs)).toMatchObject({ facts: [{ kind: 'desk-state' }] });
  });
});

import { readFileSync } from 'node:fs';
import type { MessageBody, MessengerEvent } from '@baton/contracts';
import { describe, expect, it } from '@jest/globals';
import type { InBody } from './read/facts.js';
import { readMessengerEvent } from './read/read-event.js';
import type { MessengerPart } from './write/part.js';
import { toMessengerParts } from './write/to-parts.js';

function translations(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../docs/translations/${name}.json`, import.meta.url), 'utf8'));
}

const toVisitor = translations('agent-to-visitor') as { says: string; baton: MessageBody[]; messenger: MessengerPart[] }[];
const toAgent = translations('visitor-to-agent') as { says: string; messenger: MessengerEvent; heard: InBody[] }[];

describe('an agent’s word, in Messenger', () => {
  it.each(toVisitor)('$says', ({ baton, messenger }) => {
    expect(baton.flatMap((body) => toMessengerParts(body, { kind: 'agent', name: 'Mia' }))).toEqual(messenger);
  });
});

describe('a visitor’s word, from Messenger', () => {
  it.each(toAgent)('$says', ({ messenger, heard }) => {
    const fact = readMessengerEvent({ botId: 'demo', pageId: '1', userId: '2', sentAt: 0, standby: false, event: messenger }, '3');
    expect(fact).toMatchObject({ kind: 'message', bodies: heard });
  });
});

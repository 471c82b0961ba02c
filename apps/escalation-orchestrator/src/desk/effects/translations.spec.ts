import { readFileSync } from 'node:fs';
import type { MessageBody } from '@baton/contracts';
import { describe, expect, it } from '@jest/globals';
import { wordOf } from '../../floor/conversation.js';
import { visitorWords } from './post-message.js';

const file = new URL('../../../../../docs/translations/visitor-to-agent.json', import.meta.url);
const toAgent = JSON.parse(readFileSync(file, 'utf8')) as { says: string; baton: MessageBody[]; crisp: object[] }[];

describe('a visitor’s word, in Crisp', () => {
  it.each(toAgent)('$says', ({ baton, crisp }) => {
    const words = baton.map((body) => visitorWords(wordOf({ messageId: 'm', at: 0, body })));
    expect(words).toEqual(crisp.map((said) => expect.objectContaining({ ...said, from: 'user' })));
  });
});

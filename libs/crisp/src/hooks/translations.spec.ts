import { readFileSync } from 'node:fs';
import type { MessageBody } from '@baton/contracts';
import { describe, expect, it } from '@jest/globals';
import { bodiesOf } from './message-body.js';

const file = new URL('../../../../docs/translations/agent-to-visitor.json', import.meta.url);
const toVisitor = JSON.parse(readFileSync(file, 'utf8')) as {
  says: string;
  crisp: { type: string; content: unknown };
  baton: MessageBody[];
}[];

describe('an agent’s word, from Crisp', () => {
  it.each(toVisitor)('$says', ({ crisp, baton }) => {
    expect(bodiesOf(crisp.type, crisp.content)).toEqual(baton);
  });
});

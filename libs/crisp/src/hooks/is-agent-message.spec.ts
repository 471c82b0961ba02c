import { describe, expect, it } from '@jest/globals';
import { OUR_ORIGIN } from '../marks.js';
import { isAgentMessage } from './is-agent-message.js';

const TYPES = ['text', 'file', 'animation', 'audio', 'picker', 'field', 'carousel', 'note', 'event'];
const FROM = ['operator', 'user'];
const ORIGINS = ['chat', 'email', '', 'urn:acme.example:helper:0', 'urn:crisp.im:bot:0', OUR_ORIGIN('relay'), OUR_ORIGIN('ai-auto-reply')];
const FLAGS = [true, false, undefined];
const PROPERTIES = [undefined, null, {}, { other: 1 }, { baton: 'effect-1' }];

/** Every mix, and for each what a support lead would say. */
const mixes = TYPES.flatMap((type) =>
  FROM.flatMap((from) =>
    ORIGINS.flatMap((origin) =>
      FLAGS.flatMap((automated) =>
        FLAGS.flatMap((stealth) => PROPERTIES.map((properties) => ({ type, from, origin, automated, stealth, properties }))),
      ),
    ),
  ),
);

describe('an agent speaks to the visitor', () => {
  it(`in exactly those of all ${mixes.length} mixes where a human wrote something for him`, () => {
    for (const mix of mixes) {
      const byHuman =
        ['chat', 'email', '', 'urn:acme.example:helper:0'].includes(mix.origin) &&
        mix.automated !== true &&
        mix.properties?.baton === undefined;
      const forVisitor = mix.from === 'operator' && mix.type !== 'note' && mix.type !== 'event' && mix.stealth !== true;
      expect([mix, isAgentMessage(mix)]).toEqual([mix, byHuman && forVisitor]);
    }
  });

  it('not under an origin that only looks like one of ours', () => {
    const said = { type: 'text', from: 'operator', automated: undefined, stealth: undefined, properties: undefined };
    expect(isAgentMessage({ ...said, origin: 'urn:baton:relay:0:x' })).toBe(true);
    expect(isAgentMessage({ ...said, origin: 'urn:batonx:relay:0' })).toBe(true);
    expect(isAgentMessage({ ...said, origin: 'urn:baton:relay:7' })).toBe(false);
  });
});

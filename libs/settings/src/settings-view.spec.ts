import { describe, expect, it } from '@jest/globals';
import { aPlainBot, aWorkspace, viewOf } from './testkit.js';

const acme = [aPlainBot('help', 'acme'), aPlainBot('shop', 'acme')];
const rival = aPlainBot('rival-bot', 'rival');

describe('whose conversations are a workspace’s', () => {
  it.each([
    ['none', [rival], []],
    ['its bots', [...acme, rival, aWorkspace('acme', 30)], ['help', 'shop']],
    ['its bots, also those that were taken away', [...acme, rival, aWorkspace('acme', 30, ['old'])], ['help', 'shop', 'old']],
    ['only those that were taken away', [rival, aWorkspace('acme', undefined, ['old'])], ['old']],
    ['not one that is another’s now', [...acme, rival, aWorkspace('acme', 30, ['rival-bot', 'old'])], ['help', 'shop', 'old']],
    ['one that came back, once', [...acme, aWorkspace('acme', 30, ['help'])], ['help', 'shop']],
  ])('%s', (_, settings, botIds) => {
    expect(viewOf(settings).botIdsOf('acme')).toEqual(botIds);
  });
});

it('a workspace is known by its bots, or by what is set for it', () => {
  const view = viewOf([...acme, rival, aWorkspace('acme', 30), aWorkspace('left', 30, ['old'])]);
  expect(view.workspaceIds().sort()).toEqual(['acme', 'left', 'rival']);
});

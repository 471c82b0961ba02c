import { describe, expect, it } from '@jest/globals';
import { isAboutRemoval, lineStatusOf } from './receipt.js';
import type { Receipt } from './receipt.js';

const receipt = (patch: Partial<Receipt>): Receipt => ({ conversationId: 'c', messageId: 'm', status: 'failed', ...patch });

describe('a receipt', () => {
  it.each<[what: string, Partial<Receipt>, status: string]>([
    ['of a channel that took it', { status: 'sent' }, 'sent'],
    ['of a visitor who blocked us', { failure: 'blocked', reason: 'messenger.blocked' }, 'failed'],
    ['of a channel that nobody has connected again yet', { failure: 'token-dead', reason: 'messenger.token-dead' }, 'waiting'],
    ['of a channel that nobody connected again in time', { failure: 'token-dead', reason: 'messenger.too-late' }, 'failed'],
    ['without a kind of failure', {}, 'failed'],
  ])('%s makes the line %s', (_what, patch, status) => expect(lineStatusOf(receipt(patch))).toBe(status));

  it('of a removal that the channel cannot do says nothing of the line', () => {
    expect(isAboutRemoval(receipt({ failure: 'unsupported', reason: 'messenger.cannot-remove' }))).toBe(true);
    expect(isAboutRemoval(receipt({ failure: 'unsupported', reason: 'messenger.attachment' }))).toBe(false);
  });
});

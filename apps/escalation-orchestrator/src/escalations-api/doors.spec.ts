import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { BotSettingsSchema } from '@baton/contracts';
import { botOfKey } from '@baton/settings';
import { readEscalationRequest } from './escalation-request.js';

const hash = (key: string) => createHash('sha256').update(key).digest('hex');
const bot = (botId: string, ...keys: string[]) =>
  BotSettingsSchema.parse({ botId, workspaceId: 'acme', name: botId, apiKeyHashes: keys.map(hash) });

describe('the key of a bot', () => {
  const bots = [bot('one', 'key-of-one', 'new-key-of-one'), bot('two', 'key-of-two'), bot('none')];

  it('names its bot, an old and a new one alike', () => {
    expect(botOfKey('Bearer key-of-two', bots)?.botId).toBe('two');
    expect(botOfKey('bearer new-key-of-one', bots)?.botId).toBe('one');
  });

  it.each([
    undefined,
    '',
    'key-of-one',
    'Basic key-of-one',
    'Bearer ',
    'Bearer short',
    `Bearer ${hash('key-of-one')}`,
    `Bearer ${'x'.repeat(10_000)}`,
  ])('is not %s', (given) => {
    expect(botOfKey(given, bots)).toBeNull();
  });
});

describe('a request for a human', () => {
  const conversation_id = '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a10';

  it('asks for help unless it says otherwise', () => {
    expect(readEscalationRequest({ conversation_id })).toEqual({ request: { conversation_id, need_help: true } });
    expect(readEscalationRequest({ conversation_id, need_help: false })).toEqual({ request: { conversation_id, need_help: false } });
    const byEmail = { conversation_id, contact_by_email: true };
    expect(readEscalationRequest(byEmail)).toEqual({ request: { ...byEmail, need_help: false } });
  });

  it.each([
    [{}, 'conversation_id'],
    [{ conversation_id: 'x' }, 'conversation_id'],
    [{ conversation_id, need_help: 'yes' }, 'need_help'],
    [{ conversation_id, history: [{ from: 'nobody', text: 'x' }] }, 'history.0.from'],
    [{ conversation_id, handover_category_name: 'x'.repeat(65) }, 'handover_category_name'],
    [{ conversation_id, handover_note: 'x'.repeat(4_001) }, 'handover_note'],
    [{ conversation_id, secret: 'x' }, 'secret'],
  ])('is refused with the name of the field: %j', (body, field) => {
    expect(readEscalationRequest(body)).toMatchObject({ refusal: { status: 400, error: { code: 'invalid-request', field } } });
  });

  it.each([[undefined], [null], ['text'], [[]]])('is refused when it is no object: %j', (body) => {
    expect(readEscalationRequest(body)).toMatchObject({ refusal: { status: 400, error: { code: 'invalid-request' } } });
  });

  it('is refused when it is nested deeper than anybody can follow', () => {
    const body: unknown = JSON.parse(
      `{"conversation_id":"${conversation_id}","user_data":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`,
    );
    expect(readEscalationRequest(body)).toMatchObject({ refusal: { status: 400, error: { code: 'invalid-request' } } });
  });
});

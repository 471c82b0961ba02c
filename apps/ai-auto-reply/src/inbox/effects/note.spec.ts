import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BotSettingsSchema } from '@baton/contracts';
import { CrispClient } from '@baton/crisp';
import type { CrispConnections } from '@baton/crisp';
import type { Effect, EffectOutcome } from '@baton/effects';
import { aSession } from '../../testing/sessions.js';
import { noteKind } from './note.js';
import { notePlans, whereOf } from './tasks.js';

/** What Crisp was asked, and with which status it answers a note. */
let asked: string[];
let status: number;
let url: string;
const crisp = createServer((request, response) => {
  const { method = '', url: path = '' } = request;
  asked.push(`${method} ${path.slice(path.lastIndexOf('/') + 1)}`);
  request.resume().on('end', () => {
    const isNote = method === 'POST';
    const body = isNote && status >= 400 ? { error: true, reason: 'not_allowed', data: {} } : { error: false, reason: 'ok', data: {} };
    response.writeHead(isNote ? status : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
});

beforeEach(async () => {
  asked = [];
  await new Promise<void>((resolve) => crisp.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(crisp.address() as AddressInfo).port}`;
});
afterEach(() => new Promise<void>((resolve) => void crisp.close(() => resolve()).closeAllConnections()));

function written(calls: boolean): Promise<EffectOutcome> {
  const session = aSession();
  const bot = BotSettingsSchema.parse({ botId: 'demo', workspaceId: 'acme', name: 'Robin' });
  const client = new CrispClient({ apiUrl: url, tier: 'plugin', tokenId: 'id', tokenKey: 'key' });
  const kind = noteKind({
    connections: { of: () => ({ client }) } as unknown as CrispConnections,
    settings: { bot: () => bot },
    maySpeak: { of: () => ({ speak: true, mode: 'reply' }) },
  });
  const [plan] = notePlans({ ...whereOf(session), text: 'The visitor asks for a human.', about: 'answer:1', calls }, 0);
  return kind.perform({ ...plan, attempts: 1 } as unknown as Effect, AbortSignal.timeout(5_000));
}

describe('a note', () => {
  it('that calls for agents puts the conversation among those in work', async () => {
    status = 201;
    expect(await written(true)).toEqual({ done: null });
    expect(asked).toEqual(['POST message', 'PATCH state']);
  });

  it('that the plan of the website does not have calls for agents all the same', async () => {
    status = 403;
    expect(await written(true)).toEqual({ refused: 'crisp.unauthorized' });
    expect(asked).toEqual(['POST message', 'PATCH state']);
  });

  it('that is tried again calls when it is written', async () => {
    status = 503;
    expect(await written(true)).toMatchObject({ retry: { reason: 'crisp.server-error' } });
    expect(asked).toEqual(['POST message']);
  });

  it('that only tells something moves nothing', async () => {
    status = 201;
    expect(await written(false)).toEqual({ done: null });
    expect(asked).toEqual(['POST message']);
  });
});

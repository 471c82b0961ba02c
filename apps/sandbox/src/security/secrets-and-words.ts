import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { AiControl } from '../journey/ai/ai-control.js';
import { MessengerControl } from '../journey/messenger-person.js';
import { ADVISOR_API_KEY, HOOK_SECRET, SIGNING_SECRET } from '../platform/sandbox-crisp.js';
import { APP_SECRET, DEMO_PAGE, DEMO_PAGE_TOKEN } from '../platform/sandbox-messenger.js';
import { knowledgeSchema } from '../platform/services.js';
import { SupervisedProcess } from '../platform/supervised-process.js';
import { foundIn, tablesOf, topicsOf, watchedOf } from './evidence.js';
import type { Evidence } from './evidence.js';
import type { WatchedPlatform } from './watched-platform.js';

/** Where people's words belong: the stores of conversations, and the topics that carry them for their retention. */
const HOME_OF_WORDS =
  /^(table (orchestrator|dispatcher|ai_auto_reply|control_plane\.dead_letters)|topic (crisp-webhooks|messenger-webhooks|visitor-messages|bot-turns|bot-events|deliveries|handovers|dead-letters))/;
const TRACED = ['webhook-ingress', 'escalation-orchestrator', 'dispatcher', 'ai-auto-reply'];
const SAID = {
  'a question to the AI': `marked question ${randomUUID()}`,
  'a question at the door of the AI': `marked asking ${randomUUID()}`,
  'words in Messenger': `marked message ${randomUUID()}`,
};

/** Tests of everything that was written, exported and kept while others were tested before. */
export function keepsSecretsAndWords(watched: WatchedPlatform): void {
  describe('its secrets and the words of its people', () => {
    const { secrets, words, people } = watched;
    let logs: Evidence[];
    let spans: Evidence[];
    let figures: Evidence[];
    let tables: Evidence[];
    let topics: Evidence[];

    beforeAll(async () => {
      const { platform, stage } = watched;
      for (const [what, said] of Object.entries(SAID)) words.set(what, said);
      const visitor = await stage.visitor('advisor');
      people.set('a visitor of the AI', visitor.visitorId);
      secrets.set('token of a visitor of the AI', visitor.token);
      const began = Date.now();
      await visitor.send(SAID['a question to the AI']);
      const person = await new MessengerControl(platform.urls.messenger).person(DEMO_PAGE, stage.aName());
      await person.send(SAID['words in Messenger']);
      await new AiControl(platform.urls.ais[0]!, 'advisor', ADVISOR_API_KEY).asked(SAID['a question at the door of the AI']);
      await visitor.sees(({ author }) => author.kind === 'bot', 'an answer of the AI', { within: 20_000 });
      await person.sees(({ text }) => text !== undefined, 'an answer of the bot');
      await eventually(() => watched.receiver.spans.some(({ service, startedAt }) => service === 'ai-auto-reply' && startedAt >= began), {
        what: 'spans of what the AI did',
      });
      figures = await watchedOf(watched.urls);
      const knowledge = await tablesOf(platform.local.knowledgeUrl, knowledgeSchema(platform.topicPrefix));
      expect(knowledge.length).toBeGreaterThan(2);
      [tables, topics] = await Promise.all([tablesOf(platform.databaseUrl), topicsOf(platform)]);
      tables.push(...knowledge);
      logs = watched.logs();
      spans = watched.spans();
    }, 60_000);

    it('were there to be found', () => {
      expect(secrets.size).toBeGreaterThan(20);
      expect([...secrets.values()]).toEqual(
        expect.arrayContaining([HOOK_SECRET, SIGNING_SECRET, APP_SECRET, DEMO_PAGE_TOKEN, ADVISOR_API_KEY]),
      );
      for (const [what, value] of secrets) expect(foundIn([{ place: 'here', text: `x${value}y` }], secrets)).toContain(`${what} in here`);
      expect(logs.map(({ place }) => place)).toEqual(
        expect.arrayContaining(Object.keys(watched.urls).map((service) => `log of ${service}`)),
      );
      for (const { place, text } of logs) expect([place, /"level":"(debug|trace)"/.test(text)]).toEqual([place, true]);
      expect(spans.map(({ place }) => place)).toEqual(expect.arrayContaining(TRACED.map((service) => `spans of ${service}`)));
      expect(spans.some(({ text }) => text.includes('judge visitor-wrote'))).toBe(true);
      expect(tables.length).toBeGreaterThan(20);
      expect(topics.length).toBeGreaterThan(8);
    });

    it.each([
      ['words', 'table orchestrator.', 'topic visitor-messages'],
      ['answer', 'table orchestrator.', 'topic deliveries'],
      ['a question to the AI', 'table ai_auto_reply.', 'topic visitor-messages'],
      ['words in Messenger', 'table dispatcher.', 'topic messenger-webhooks'],
    ])('are kept where conversations are: %s', (what, table, topic) => {
      const found = foundIn([...tables, ...topics], words);
      expect(found.filter((one) => one.startsWith(`${what} in ${table}`))).not.toEqual([]);
      expect(found).toContain(`${what} in ${topic}`);
    });

    it('stand in no log, no span, no figure and no state of health', () => {
      expect(foundIn([...logs, ...spans, ...figures], new Map([...secrets, ...words, ...people]))).toEqual([]);
    });

    it('are not what a call is described by', () => {
      const headers = new Map(['access_token', 'Authorization', 'Basic ', 'Bearer '].map((word) => [word, word]));
      expect(foundIn(spans, headers)).toEqual([]);
    });

    it('no secret stands in a table or on a topic', () => {
      expect(foundIn([...tables, ...topics], secrets)).toEqual([]);
    });

    it('words stand where conversations are kept, and nowhere else', () => {
      const where = foundIn([...tables, ...topics], words).map((one) => one.split(' in ').at(-1)!);
      expect(where.filter((place) => !HOME_OF_WORDS.test(place))).toEqual([]);
    });
  });

  it('says nothing of its secrets when it cannot start', async () => {
    const marked = {
      HISTORY_KEY: 'marked-history-key',
      SETTINGS_KEY_CRISP: 'marked-settings-key',
      DATABASE_URL: 'nothing://marked:marked-password@x',
    };
    const said: string[] = [];
    const { plan } = watched.platform.processes.get('orchestrator')!;
    const broken = new SupervisedProcess({
      ...plan,
      ...{ name: 'broken', env: { ...plan.env, ...marked }, onLine: (line) => said.push(line) },
    });
    void broken.start().catch(() => undefined);
    await eventually(() => said.some((line) => line.includes('HISTORY_KEY')), { what: 'the sentences about its configuration' });
    await broken.stop();
    expect(
      foundIn([{ place: 'its output', text: said.join('\n') }], new Map(Object.entries({ ...marked, password: 'marked-password' }))),
    ).toEqual([]);
  });
}

import { createKafka } from '@baton/messaging/kafka';
import { topicOnTheWire } from '@baton/contracts';
import { check, type Levers, type Stage } from '../stage.js';
import { WORKSPACE } from './cast.js';
import type { Person } from './person.js';

const SILENT_WITHIN_MS = 5_000;

/** What went wrong is seen, understood and sent again; what must stop is stopped. */
export async function troubles(stage: Stage, owner: Person, levers: Levers): Promise<void> {
  await stage.step('console: a record that cannot be understood is seen, read and replayed', async () => {
    await poison(levers);
    await owner.opens(`${WORKSPACE}/dead-letters`);
    const letter = owner.page.getByRole('table').getByRole('button').first();
    await letter.waitFor();
    await owner.pageIsSound('dead letters');
    await letter.click();
    await owner.page.getByRole('dialog').getByText('What it says').waitFor();
    await owner.pageIsSound('a dead letter');
    await owner.page.getByRole('dialog').getByRole('button', { name: 'Replay', exact: true }).click();
    await owner.text(/came back|understood|handled/i).waitFor();
    await owner.shot('replayed');
  });

  await stage.step('console: the kill switch silences a bot within 5 s, and nobody is left in silence', async () => {
    const visitor = await stage.visitor('demo');
    await visitor.send('Hello');
    await visitor.sees((one) => one.author.kind === 'bot', 'the bot');
    await owner.opens(`${WORKSPACE}/kill-switch`);
    await owner.pageIsSound('kill switch');
    const part = owner.page.getByRole('region', { name: 'Only a part' });
    await part.getByRole('combobox', { name: 'Bot' }).click();
    await owner.page.getByRole('option', { name: /demo/ }).first().click();
    await part.getByRole('button', { name: 'Switch off' }).click();
    const dialog = owner.page.getByRole('dialog');
    await dialog.getByLabel('Why').fill('It says something it must not');
    await owner.shot('what will happen');
    await dialog.getByRole('button', { name: 'Switch off now' }).click();
    const began = performance.now();
    await owner.page.getByRole('button', { name: /Switch on again/ }).waitFor();
    await visitor.send('And now?');
    await visitor.floorIs('waiting');
    const ms = performance.now() - began;
    check(ms < SILENT_WITHIN_MS, `it took ${ms.toFixed(0)} ms`);
    await owner.page.getByRole('button', { name: /Switch on again/ }).click();
    await dialog.getByLabel('Why').fill('It was mended');
    await dialog.getByRole('button', { name: 'Switch on again' }).click();
    await owner.text(/Nothing is switched off/).waitFor();
  });

  await stage.step('console: operations shows how everything stands', async () => {
    await owner.opens(`${WORKSPACE}/operations`);
    await owner.page.getByRole('heading', { name: 'Services' }).waitFor();
    await owner.pageIsSound('operations');
  });
}

/** A bot that forgot almost everything. */
async function poison({ brokers, topicPrefix }: Levers): Promise<void> {
  const producer = createKafka({ brokers: [...brokers], clientId: 'journey-poison', topicPrefix }).producer();
  await producer.connect();
  const value = JSON.stringify({ botId: 'demo', conversationId: '00000000-0000-4000-8000-000000000000' });
  const headers = { ce_specversion: '1.0', ce_type: 'bot.answer.v1', ce_id: crypto.randomUUID(), ce_source: 'urn:baton:bot:demo' };
  await producer.send([{ topic: topicOnTheWire('bot-events', topicPrefix), key: '00000000-0000-4000-8000-000000000000', value, headers }]);
  await producer.disconnect();
}

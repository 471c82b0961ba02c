import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GatheringProducer } from '../producing/gathering-producer.js';
import { deadLetterOf } from '../dead-letters/dead-letter.js';
import { aDelivery } from '../testkit/a-delivery.js';
import { kafkaCorner } from '../testkit/kafka-kit.js';
import type { KafkaCorner } from '../testkit/kafka-kit.js';
import { runDeadLetters } from './run.js';

describe('the dead letters on the command line', () => {
  let corner: KafkaCorner;
  const original = { ...aDelivery('a', 1), value: '{"text":"what the visitor wrote \u001b[2J"' };

  beforeAll(async () => {
    corner = await kafkaCorner(['deliveries', 'dead-letters'], 2);
    const producer = new GatheringProducer(corner.kafka);
    await producer.send([original, { ...original, key: 'b' }]);
    const refusal = {
      reason: 'not-json',
      error: 'delivery.removal is not JSON',
      consumer: 'baton.channel-dispatcher',
      at: new Date('2026-01-05T10:00:00Z'),
    } as const;
    for (const record of await corner.read('deliveries')) await producer.send([deadLetterOf(record, refusal)]);
    await producer.close();
  });
  afterAll(() => corner.clear());

  async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
    const said = { out: '', err: '' };
    const env = { KAFKA_BROKERS: process.env['KAFKA_BROKERS'], KAFKA_TOPIC_PREFIX: corner.prefix };
    const code = await runDeadLetters(
      argv,
      env,
      (text) => (said.out += `${text}\n`),
      (text) => (said.err += `${text}\n`),
    );
    return { code, ...said };
  }
  const placeOf = async () => (await run('list')).out.split('\n')[1]!.split(' ')[0]!;

  it('are listed with the reason and never with what people wrote', async () => {
    const { code, out } = await run('list');
    expect([code, out.trim().split('\n').length]).toEqual([0, 3]);
    expect(out).toMatch(
      /^PLACE +SINCE +CONSUMER +TOPIC +REASON +AGAIN +WHY\n\d+:\d+ +2026-01-05 10:00:00 +baton.channel-dispatcher +\S+\.deliveries\.v1 +not-json +delivery/,
    );
    expect(out).not.toContain('visitor wrote');
  });

  it('are shown with all that is known, their text only on request and harmless for the terminal', async () => {
    const place = await placeOf();
    const { out } = await run('show', place);
    expect(out).toMatch(/header ce_type +baton\.delivery\.removal\.v1/);
    expect(out).not.toContain('visitor wrote');
    expect((await run('show', place, '--with-text')).out).toContain('what the visitor wrote �[2J');
  });

  it('are sent again as they came, marked, and not by --all a second time', async () => {
    const place = await placeOf();
    expect(await run('replay', place)).toMatchObject({
      code: 0,
      err: '',
      out: `${place} was sent again to ${corner.prefix}.deliveries.v1\n1 sent again; 0 had been before.\n`,
    });
    const replayed = (await corner.read('deliveries')).filter(({ headers }) => headers['ce_replayed']?.toString() === 'true');
    expect(replayed).toHaveLength(1);
    expect(replayed[0]!.value?.toString()).toBe(original.value);
    expect(replayed[0]!.headers['ce_id']?.toString()).toBe(original.headers['ce_id']);
    expect((await run('replay', '--all')).out).toMatch(/1 sent again; 1 had been before/);
    expect((await run('replay', '--all')).out).toBe('Nothing to send again.\n');
    expect((await run('list')).out.match(/ yes /g)).toHaveLength(2);
  });

  it('say what is wrong when something is', async () => {
    expect(await run('show', '0:999')).toMatchObject({
      code: 1,
      err: 'There is no dead letter at 0:999; "dead-letters list" shows their places.\n',
    });
    expect(await run('bury')).toMatchObject({ code: 64, err: expect.stringContaining('"bury" is no command of dead-letters') });
    expect(await run('list', '--loud')).toMatchObject({ code: 64, err: expect.stringContaining("Unknown option '--loud'") });
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('dead-letters list') });
    const complaints: string[] = [];
    const complain = (text: string) => void complaints.push(text);
    const brokers = process.env['KAFKA_BROKERS'];
    expect(await runDeadLetters(['list'], { KAFKA_BROKERS: brokers, KAFKA_TOPIC_PREFIX: 'nobody' }, complain, complain)).toBe(1);
    expect(await runDeadLetters(['list'], { KAFKA_BROKERS: '127.0.0.1:9' }, complain, complain)).toBe(1);
    expect(complaints[0]).toBe(`Kafka at ${brokers} has no topic nobody.dead-letters.v1: is KAFKA_TOPIC_PREFIX right?`);
    expect(complaints[1]).toMatch(/^Kafka at 127\.0\.0\.1:9 could not do that: .*ECONNREFUSED|Connection error/);
  }, 30_000);
});

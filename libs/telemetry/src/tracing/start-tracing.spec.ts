import { afterEach, describe, expect, it } from '@jest/globals';
import { context, propagation, trace } from '@opentelemetry/api';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createLogger } from '../logger.js';
import { startTracing } from './start-tracing.js';
import type { Tracing } from './start-tracing.js';
import { activeTraceparent, beginFact, beginStep } from './step.js';
import { readTraceparent } from './traceparent.js';

const FACT = '0af76519-16cd-53dd-8448-eb211c80319c';
const TRACE = FACT.replaceAll('-', '');
const RECORDED = `00-${TRACE}-b7ad6b7169203331-01`;

let tracing: Tracing | undefined;
let collector: Server | undefined;
const troubles: string[] = [];

async function collects(listener: RequestListener): Promise<NodeJS.ProcessEnv> {
  collector = createServer(listener);
  await new Promise<void>((resolve) => collector!.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  // The exporter reads its variables from the process itself.
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = endpoint;
  process.env['OTEL_EXPORTER_OTLP_TIMEOUT'] = '300';
  return { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_BSP_SCHEDULE_DELAY: '10', OTEL_BSP_MAX_QUEUE_SIZE: '50' };
}

async function begin(env: NodeJS.ProcessEnv = {}): Promise<Tracing> {
  tracing = await startTracing({ service: 'it', version: '1', instance: 'a', env, onTrouble: (trouble) => troubles.push(trouble) });
  return tracing;
}

afterEach(async () => {
  await tracing?.stop(50);
  collector?.closeAllConnections();
  collector?.close();
  for (const api of [trace, context, propagation]) api.disable();
  for (const name of ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TIMEOUT']) delete process.env[name];
  troubles.length = 0;
});

/** What a step says of itself in a log line. */
function logged(within: <T>(work: () => T) => T): Record<string, unknown> {
  let line = '';
  const logger = createLogger({ service: 'it', instance: 'a', level: 'info', destination: { write: (text) => void (line = text) } });
  within(() => logger.info('done'));
  return JSON.parse(line) as Record<string, unknown>;
}

describe('without a collector', () => {
  it('nothing is recorded, and a trace goes on as it came', async () => {
    expect((await begin()).isOn).toBe(false);
    const step = beginStep('work', RECORDED);
    expect([step.isRecorded, step.traceparent, step.within(activeTraceparent)]).toEqual([false, RECORDED, RECORDED]);
    expect(readTraceparent(beginFact('hook', FACT).traceparent)).toMatchObject({ traceId: TRACE, traceFlags: 0 });
    expect(beginStep('timer', undefined).traceparent).toBeUndefined();
  });

  it('log lines of a handled message carry its trace all the same, and others none', async () => {
    await begin();
    expect(logged((work) => beginStep('work', RECORDED).within(work))).toMatchObject({ trace_id: TRACE, msg: 'done' });
    expect(logged((work) => work())).not.toHaveProperty('trace_id');
  });
});

describe('with a collector', () => {
  it('a fact begins the trace that is named after it, a step goes on with it, and log lines name both', async () => {
    const bodies: Buffer[] = [];
    const env = await collects((request, response) => {
      request.on('data', (chunk: Buffer) => bodies.push(chunk)).on('end', () => response.end());
    });
    await begin(env);
    const fact = beginFact('hook', FACT, { kind: 'server' });
    const step = beginStep('judge', fact.traceparent);
    const [begun, gone] = [readTraceparent(fact.traceparent)!, readTraceparent(step.traceparent)!];
    expect([begun.traceId, begun.traceFlags, gone.traceId]).toEqual([TRACE, 1, TRACE]);
    expect(gone.spanId).not.toBe(begun.spanId);
    expect(logged((work) => step.within(work))).toMatchObject({ trace_id: TRACE, span_id: gone.spanId });
    step.end();
    fact.end();
    await tracing!.stop(2_000);
    const sent = Buffer.concat(bodies).toString('latin1');
    for (const word of ['hook', 'judge', 'service.name', 'baton']) expect(sent).toContain(word);
  });

  it('what its cause did not record is not recorded here either', async () => {
    await begin(await collects((_, response) => response.end()));
    expect(beginStep('judge', RECORDED.replace(/01$/, '00')).isRecorded).toBe(false);
  });

  it.each<[string, RequestListener]>([
    ['refuses everything', (_, response) => void response.writeHead(503).end()],
    ['never answers', () => undefined],
    ['hangs up', (request) => void request.socket.destroy()],
  ])('that %s, no step waits, memory is bounded, and the stop is not late', async (_, listener) => {
    await begin(await collects(listener));
    const began = performance.now();
    for (let i = 0; i < 5_000; i++) beginStep('work', RECORDED).end();
    expect(performance.now() - began).toBeLessThan(2_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const stopping = performance.now();
    await tracing!.stop();
    expect(performance.now() - stopping).toBeLessThan(1_000);
    expect(troubles.length).toBeLessThanOrEqual(1);
  });

  it('that is away, no step waits either', async () => {
    const env = await collects(() => undefined);
    const { port } = collector!.address() as AddressInfo;
    await new Promise((resolve) => collector!.close(resolve));
    await new Promise((resolve) => connect(port, '127.0.0.1').on('error', resolve));
    await begin(env);
    const began = performance.now();
    for (let i = 0; i < 1_000; i++) beginStep('work', RECORDED).end();
    await tracing!.stop();
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

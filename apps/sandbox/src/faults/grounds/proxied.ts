import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FaultProxy, freePort } from '@baton/testing';
import { type PlatformOptions, startPlatform } from '../../platform/platform.js';
import { at, type Ground } from '../../platform/services.js';
import type { Proxies, RunningGround } from './grounds.js';

/** Every service reaches Kafka, Postgres and Crisp by proxies; whoever watches reaches them as always. */
export async function proxiedGround(common: PlatformOptions): Promise<RunningGround> {
  const listens = await freePort();
  const kafka = await FaultProxy.start({ to: { port: listens } });
  const started: FaultProxy[] = [kafka];
  let proxies: Proxies | undefined;
  const close = async () => void (await Promise.all(started.map((proxy) => proxy.close())));
  try {
    const platform = await startPlatform({
      ...common,
      servers: { ...common.servers, kafkaRoundabout: { listens, tells: kafka.port } },
      surround: async (ground) => {
        const postgres = await FaultProxy.start({ to: { port: Number(new URL(ground.databaseUrl).port) } });
        const crisp = await FaultProxy.start({ to: { port: ground.ports.CRISP_PORT } });
        started.push(postgres, crisp);
        proxies = { kafka, postgres, crisp };
        return byWayOf(proxies, ground);
      },
    });
    return { platform, levers: { proxies: proxies! }, stop: () => platform.stop().finally(close) };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The same surroundings, at the proxies' addresses. */
async function byWayOf({ kafka, postgres, crisp }: Proxies, ground: Ground): Promise<Ground> {
  const databaseUrl = new URL(ground.databaseUrl);
  databaseUrl.port = String(postgres.port);
  const settings = await readFile(ground.settingsFile, 'utf8');
  const settingsFile = path.join(path.dirname(ground.settingsFile), 'proxied.yaml');
  await writeFile(settingsFile, settings.replaceAll(`127.0.0.1:${ground.ports.CRISP_PORT}`, `127.0.0.1:${crisp.port}`));
  return {
    ...ground,
    databaseUrl: databaseUrl.href,
    settingsFile,
    local: Object.create(ground.local, { brokers: { value: [new URL(at(kafka.port)).host] } }) as Ground['local'],
  };
}

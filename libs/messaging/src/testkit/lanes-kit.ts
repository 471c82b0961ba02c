import type { INestMicroservice, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LanesServer } from '../lanes/lanes-server.js';
import type { LanesServerOptions } from '../lanes/lanes-server.js';
import { createKafka } from '../kafka/create-kafka.js';
import { GatheringProducer } from '../producing/gathering-producer.js';
import type { Kafka } from '../kafka/kafka.js';

/** A service as small as can be: a Nest app with one controller on the lanes. */
export interface LanesApp {
  readonly server: LanesServer;
  close(): Promise<void>;
}

export class TransientError extends Error {}

export async function lanesApp(
  kafka: Kafka,
  groupId: string,
  controller: Type,
  more: Partial<LanesServerOptions> = {},
  others: Type[] = [],
): Promise<LanesApp> {
  // A client of its own, as another process would have.
  const own = createKafka(kafka.config);
  const producer = new GatheringProducer(own);
  const server = new LanesServer({ kafka: own, groupId, producer, isTransient: (error) => error instanceof TransientError, ...more });
  @Module({ controllers: [controller, ...others] })
  class App {}
  const app: INestMicroservice = await NestFactory.createMicroservice(App, { strategy: server, logger: false });
  await app.listen();
  return {
    server,
    close: async () => {
      await app.close();
      await producer.close();
    },
  };
}

import 'reflect-metadata';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Controller, Headers, HttpCode, Inject, Module, Post, Req, UnauthorizedException } from '@nestjs/common';
import type { OnModuleInit, RawBodyRequest } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientKafka, ClientsModule, EventPattern, Payload, Transport } from '@nestjs/microservices';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { FastifyRequest } from 'fastify';
import { lastValueFrom } from 'rxjs';
import { Column, DataSource, Entity, Index, PrimaryColumn } from 'typeorm';
import { WebSocketServer } from 'ws';

/** The road of a message built as Nest's own manual shows it: emit, @EventPattern, repositories in a transaction. Roles: ingress, worker, push. */
const { ROLE = 'ingress', PORT = '0', BROKERS = '', DATABASE_URL = '', RUN = 'x', SECRET = '' } = process.env;
const IN = `stock-in-${RUN}`;
const OUT = `stock-out-${RUN}`;

interface Hook {
  data: { session_id: string; fingerprint: number; content: string };
}

const kafka = ClientsModule.register([
  { name: 'KAFKA', transport: Transport.KAFKA, options: { client: { brokers: BROKERS.split(',') }, producerOnlyMode: true } },
]);

@Controller()
class HookController implements OnModuleInit {
  constructor(@Inject('KAFKA') private readonly client: ClientKafka) {}

  async onModuleInit(): Promise<void> {
    await this.client.connect();
  }

  @Post('hook')
  @HttpCode(200)
  async take(
    @Req() request: RawBodyRequest<FastifyRequest>,
    @Headers('x-crisp-request-timestamp') timestamp: string,
    @Headers('x-crisp-signature') signature: string,
  ): Promise<void> {
    const want = createHmac('sha256', SECRET).update(`[${timestamp};`).update(request.rawBody!).update(']').digest();
    const got = Buffer.from(signature, 'hex');
    if (got.length !== want.length || !timingSafeEqual(got, want)) throw new UnauthorizedException();
    const hook = request.body as Hook;
    await lastValueFrom(this.client.emit(IN, { key: hook.data.session_id, value: hook }));
  }
}

@Module({ imports: [kafka], controllers: [HookController] })
class IngressModule {}

@Entity('stock_inbox')
class Inbox {
  @PrimaryColumn('bigint') id!: string;
}

@Entity('stock_conversation')
class Conversation {
  @PrimaryColumn('text') session!: string;
  @Column('text') state!: string;
  @Column('int') count!: number;
}

@Entity('stock_log')
@Index(['session', 'seq'], { unique: true })
class Log {
  @PrimaryColumn('bigint') id!: string;
  @Column('text') session!: string;
  @Column('int') seq!: number;
  @Column('text') text!: string;
}

@Controller()
class Worker implements OnModuleInit {
  constructor(
    @Inject('KAFKA') private readonly client: ClientKafka,
    private readonly database: DataSource,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.client.connect();
  }

  @EventPattern(IN)
  async on(@Payload() payload: object): Promise<void> {
    const hook = payload as Hook;
    const fresh = await this.database.transaction(async (manager) => {
      const id = String(hook.data.fingerprint);
      const session = hook.data.session_id;
      if (await manager.findOneBy(Inbox, { id })) return false;
      await manager.insert(Inbox, { id });
      const conversation = (await manager.findOneBy(Conversation, { session })) ?? manager.create(Conversation, { session, count: 0 });
      conversation.state = 'agent';
      conversation.count += 1;
      await manager.save(conversation);
      await manager.insert(Log, { id, session, seq: conversation.count, text: hook.data.content });
      return true;
    });
    if (fresh) await lastValueFrom(this.client.emit(OUT, { key: hook.data.session_id, value: hook }));
  }
}

@Module({
  imports: [kafka, TypeOrmModule.forRoot({ type: 'postgres', url: DATABASE_URL, entities: [Inbox, Conversation, Log], synchronize: true })],
  controllers: [Worker],
})
class WorkerModule {}

const visitors = ROLE === 'push' ? new WebSocketServer({ port: Number(PORT), host: '127.0.0.1' }) : undefined;

@Controller()
class Push {
  @EventPattern(OUT)
  on(@Payload() hook: object): void {
    const frame = JSON.stringify(hook);
    for (const client of visitors?.clients ?? []) client.send(frame);
  }
}

@Module({ controllers: [Push] })
class PushModule {}

if (ROLE === 'ingress') {
  const app = await NestFactory.create<NestFastifyApplication>(IngressModule, new FastifyAdapter(), {
    rawBody: true,
    logger: ['error', 'warn'],
  });
  await app.listen(Number(PORT), '127.0.0.1');
} else {
  const options: MicroserviceOptions = {
    transport: Transport.KAFKA,
    options: { client: { brokers: BROKERS.split(',') }, consumer: { groupId: `stock-${ROLE}-${RUN}` } },
  };
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(ROLE === 'worker' ? WorkerModule : PushModule, {
    ...options,
    logger: ['error', 'warn'],
  });
  await app.listen();
}

import { CrispConnections } from '@baton/crisp';
import { setTimeout as pause } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { groupOnTheWire } from '@baton/contracts';
import { Effects } from '@baton/effects';
import { createKafka, GatheringProducer, Inbox, kafkaConfigFrom, LanesServer, Outbox, topicShapeFrom, WatchTopics } from '@baton/messaging';
import { InnerDoor } from '@baton/passes';
import { createDataSource, isTransient } from '@baton/persistence';
import { botSettingId, SettingsStore } from '@baton/settings';
import {
  countEffects,
  countRecords,
  lastRequests,
  keepDoors,
  nestLogger,
  patience,
  stepsOf,
  watchOutbox,
  watchSettings,
  watchTopicDrift,
} from '@baton/telemetry';
import type { Health, Logger, RunningService } from '@baton/telemetry';
import { Alarms } from './alarms.js';
import { CLOCK } from './clock.js';
import type { Config } from './config.js';
import { ShowTyping } from './bot/show-typing.js';
import { Availability } from './desk/availability.js';
import { CatchUp } from './desk/catch-up/catch-up.js';
import { Spending } from './desk/budget/spending.js';
import { deskKinds } from './desk/effects/desk-kinds.js';
import { HandoverSessions } from './desk/handover-sessions.js';
import { Sessions } from './desk/sessions.js';
import { TellGap } from './desk/tell-gap.js';
import { Callers } from './doors/caller.js';
import { BODY_LIMIT, DOORS, houseRules, refuseTooMany } from './doors/doors.js';
import { RequestEscalation } from './escalations-api/request-escalation.js';
import { floorPolicies } from './floor-policies.js';
import { HistoryLinks } from './history/history-links.js';
import { Judge } from './judge/judge.js';
import { pipelined } from './judge/transaction.js';
import { websiteOfTarget } from './judge/desk-plan.js';
import { Observations } from './observations.js';
import { OrchestratorModule } from './orchestrator.module.js';
import { eraseOld } from './privacy/erase-old.js';
import { Privacy } from './privacy/privacy.js';
import { watchPromises } from './promises/count-promises.js';
import { Prune } from './pruning/prune.js';
import { SCHEMA } from './schema/index.js';
import { TellStopped } from './kill-switch/tell-stopped.js';
import { Ring } from './timers/ring.js';
import { BotsToCome } from './visitor/bots-to-come.js';
import { NoteReceipts } from './visitor/note-receipts.js';
import { PassOnTyping } from './signs/pass-on-typing.js';
import { CrispsMails } from './desk/crisps-mails.js';
import { ReadSignals } from './signals/read-signals.js';
import { WebsiteHooks } from './signals/website-hooks.js';
import { ShowDeskSigns } from './signs/show-desk-signs.js';

const NAME = 'escalation-orchestrator';
/** What a killed replica had in hand is gone on with by another after so long (ms): well inside the time that a visitor is let wait for an answer. */
const EFFECT_LEASE = 8_000;
/** For a whole request to arrive (ms). */
const REQUEST_WITHIN_MS = 30_000;

export interface RunningOrchestrator extends RunningService {
  /** The port it listens on. */
  readonly port: number;
}

/** Builds the orchestrator and starts it. Kafka may come later; without Postgres it waits half a minute and gives up. */
export async function createOrchestrator(
  config: Config,
  { logger, health }: { logger: Logger; health: Health },
): Promise<RunningOrchestrator> {
  const now = Date.now;
  const instanceId = config.INSTANCE_ID;
  const kafkaConfig = kafkaConfigFrom(config, NAME);
  const kafka = createKafka(kafkaConfig, logger);
  const producer = new GatheringProducer(kafka);
  const settings = new SettingsStore({ kafka: kafkaConfig, keys: { crisp: config.SETTINGS_KEY_CRISP }, log: logger });
  const dataSource = pipelined(
    createDataSource({ url: config.DATABASE_URL, schema: SCHEMA, poolSize: config.DATABASE_POOL, applicationName: NAME }),
  );
  const settingsRead = settings.start();
  producer.connect().catch((error: unknown) => logger.warn({ error: String(error) }, 'Kafka cannot be reached yet'));
  await connected(dataSource, logger);

  const observations = new Observations(new Alarms(logger, now));
  const inbox = new Inbox(NAME);
  const outbox = new Outbox({ dataSource, producer, instanceId, log: logger });
  // What answers say of the calls of a day is known before the next is made: each knows the other by the time it is needed.
  const connections: CrispConnections = new CrispConnections(settings, (tokenId, answer) => spending.heard(tokenId, answer));
  const spending = new Spending({ dataSource, connections, log: logger, now });
  const links = new HistoryLinks({ dataSource, key: Buffer.from(config.HISTORY_KEY, 'base64'), publicUrl: config.PUBLIC_URL });
  const policyOf = floorPolicies(settings);
  // The judge plans effects, and the end of an effect is judged: each knows the other by the time it is needed.
  const judge: Judge = new Judge({
    dataSource,
    inbox,
    outbox,
    effects: {
      plan: (manager, plans) => effects.plan(manager, plans),
      cancel: (manager, lane, which) => effects.cancel(manager, lane, which),
      wake: (lanes) => effects.wake(lanes),
    },
    policyOf,
    isNoted: config.JUDGED_DAYS > 0,
    now,
    observe: observations,
  });
  const kinds = deskKinds({
    dataSource,
    judge,
    connections,
    sessions: new HandoverSessions(dataSource),
    availability: new Availability(now, config.AVAILABILITY_SECONDS * 1_000),
    links,
    settings,
    spending,
    wordPosted: (tookMs) => observations.wordPosted(tookMs),
    wordGivenUp: () => observations.wordGivenUp(),
    log: logger,
    now,
  });
  const effects = new Effects({
    dataSource,
    instanceId,
    kinds: { ...kinds },
    budgets: (target) => ({ perSecond: connections.callsPerSecond(websiteOfTarget(target)) }),
    concurrency: config.EFFECTS_CONCURRENCY,
    perTargetConcurrency: config.EFFECTS_PER_WEBSITE,
    leaseMs: EFFECT_LEASE,
    observer: countEffects(Object.keys(kinds)),
    onError: (error) => logger.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'effects go on after a failure'),
  });
  observations.watch(effects, dataSource);
  watchPromises(dataSource, () => settings.bots().map(({ botId }) => botId), now);
  watchOutbox(outbox);
  watchSettings(settings);
  settings.onChange((settingId) => {
    const bot = settings.bot(settingId.replace(/^bot:/, ''));
    if (bot && botSettingId(bot.botId) === settingId) observations.knowsBot(bot.botId);
  });
  const hooks = new WebsiteHooks(dataSource, logger);
  const catchUp = new CatchUp({
    hooks,
    dataSource,
    judge,
    connections,
    observations,
    log: logger,
    instanceId,
    everyMs: config.CATCH_UP_SECONDS * 1_000,
    now,
  });
  const ring = new Ring({ dataSource, judge, catchUp, log: logger, now });
  const tellStopped = new TellStopped({ dataSource, judge, settings, policyOf, log: logger, now });
  const prune = new Prune({
    dataSource,
    inbox,
    effects,
    eraseOld: () => eraseOld(dataSource, settings, now()),
    judgedDays: config.JUDGED_DAYS,
    log: logger,
    now,
  });
  const lanes = new LanesServer({
    kafka,
    groupId: groupOnTheWire(NAME, config.KAFKA_TOPIC_PREFIX),
    producer,
    isTransient,
    log: logger,
    observer: countRecords(),
  });

  health.readiness('settings', () => settings.notReady);
  health.holds((settingId) => settings.revisionOf(settingId));
  const topics = new WatchTopics({ kafka: kafkaConfig, user: 'escalation-orchestrator', shape: topicShapeFrom(config), log: logger });
  watchTopicDrift(topics, health);
  topics.start();
  health.readiness('lanes', () => lanes.readiness());
  health.liveness('lanes', () => lanes.health());
  health.liveness('settings', () => settings.stuck);
  health.liveness('outbox', () => outbox.health());
  health.readiness('outbox', () => outbox.readiness());

  const tellsCrisp = (at: { readonly websiteId: string; readonly botId: string; readonly mayBeMailed: boolean }) => {
    if (config.CRISP_MARKS === 'off') return false;
    if (at.mayBeMailed) return true;
    if (policyOf(at.botId)?.handover.signs !== true) return false;
    const whyNot = spending.whyNot('marks', at);
    if (whyNot !== undefined) spending.leftOut(whyNot);
    return whyNot === undefined;
  };
  const typing = new PassOnTyping({ dataSource, connections, policyOf, spending, sickTargets: () => effects.sickTargets, now });

  const adapter = new FastifyAdapter({
    ...{ bodyLimit: BODY_LIMIT, return503OnClosing: false, trustProxy: (_address: string, hop: number) => hop < config.TRUSTED_PROXIES },
    ...patience(REQUEST_WITHIN_MS),
  });
  keepDoors(adapter.getInstance(), {
    ...{ doors: DOORS, rules: houseRules(config.REQUESTS_PER_ADDRESS), trustedProxies: config.TRUSTED_PROXIES },
    refuse: refuseTooMany,
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    OrchestratorModule.with(health, [
      { provide: DataSource, useValue: dataSource },
      { provide: SettingsStore, useValue: settings },
      { provide: Judge, useValue: judge },
      { provide: Observations, useValue: observations },
      { provide: Sessions, useValue: new Sessions(dataSource) },
      { provide: BotsToCome, useValue: new BotsToCome(settings, now) },
      {
        provide: ShowTyping,
        useValue: new ShowTyping({ dataSource, producer, policyOf, now, ignored: (reason) => observations.ignored(reason) }),
      },
      {
        provide: ShowDeskSigns,
        useValue: new ShowDeskSigns({ dataSource, producer, now, ignored: (reason) => observations.ignored(reason) }),
      },
      { provide: WebsiteHooks, useValue: hooks },
      { provide: ReadSignals, useValue: new ReadSignals({ dataSource, settings, spending, effects, hooks, now }) },
      { provide: CrispsMails, useValue: new CrispsMails(dataSource) },
      { provide: TellGap, useValue: new TellGap({ dataSource, inbox, effects, now }) },
      { provide: NoteReceipts, useValue: new NoteReceipts({ dataSource, judge, effects, tellsCrisp, now: () => effects.now.getTime() }) },
      { provide: PassOnTyping, useValue: typing },
      { provide: HistoryLinks, useValue: links },
      { provide: Privacy, useValue: new Privacy({ dataSource, settings, connections }) },
      { provide: InnerDoor, useValue: new InnerDoor(config.PASS_KEY) },
      { provide: Callers, useValue: new Callers(settings, now) },
      { provide: RequestEscalation, useValue: new RequestEscalation(judge, dataSource) },
      { provide: CLOCK, useValue: now },
    ]),
    adapter,
    { logger: nestLogger(logger) },
  );
  app.connectMicroservice({ strategy: lanes });
  await app.listen(config.HTTP_PORT, config.HTTP_HOST);

  // Nothing is judged by settings that are not there yet.
  let stopping = false;
  const working = settingsRead.then(async () => {
    if (stopping) return;
    outbox.start();
    effects.start();
    spending.start();
    hooks.start();
    catchUp.start();
    ring.start();
    tellStopped.start();
    prune.start();
    await app.startAllMicroservices();
  });

  const address = app.getHttpServer().address();
  const step = stepsOf(logger);
  return {
    port: typeof address === 'object' && address ? address.port : config.HTTP_PORT,
    close: async (doorsMayClose) => {
      stopping = true;
      topics.stop();
      lastRequests(app.getHttpServer());
      // Take nothing new, let what was taken end, commit and leave; the clocks; then what was written goes out.
      await Promise.all([
        step('the lanes', () => lanes.close()),
        step('the clocks', () => Promise.all([ring, tellStopped, catchUp, prune].map((one) => one.stop())).then(() => undefined)),
        step('the effects', () => effects.stop()),
        step('the typing', () => typing.close()),
        doorsMayClose,
      ]);
      await Promise.all([
        step('the doors', () => app.close()),
        step('the settings', () => Promise.all([settings.stop(), working]).then(() => undefined)),
      ]);
      await Promise.all([
        step('the spending', () => spending.stop()),
        step('the hooks', () => hooks.stop()),
        step('the outbox', () => outbox.stop()).then(() => step('the producer', () => producer.close())),
      ]);
      await step('the tables', () => dataSource.destroy());
    },
  };
}

const CONNECT_TRIES = 60;
const CONNECT_PAUSE_MS = 500;

async function connected(dataSource: DataSource, logger: Logger): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await dataSource.initialize();
      return;
    } catch (error) {
      if (attempt >= CONNECT_TRIES || !isTransient(error)) throw error;
      if (attempt === 1) logger.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'Postgres cannot be reached yet');
      await pause(CONNECT_PAUSE_MS);
    }
  }
}

import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { OPERATIONS } from '@baton/control-api';
import { ensureTopics, kafkaConfigFrom, topicShapeFrom, WatchTopics } from '@baton/messaging/kafka';
import { SettingsPublisher } from '@baton/settings';
import { expectWholeBodies, lastRequests, keepDoors, nestLogger, patience, stepsOf, watchTopicDrift } from '@baton/telemetry';
import type { Health, Logger, RunningService } from '@baton/telemetry';
import { Callers } from './api/check-call.js';
import { BODY_LIMIT, DOORS, houseRules, refuseTooMany, refuseTooSlow } from './api/doors.js';
import { handOnBytes } from './api/take-bytes.js';
import { AsCode } from './as-code/as-code.js';
import { Audit } from './audit/audit.js';
import { KeepAudit } from './audit/keep-audit.js';
import { NoteReading } from './audit/note-reading.js';
import { BotKeys } from './bot-keys/bot-keys.js';
import { Bots } from './bots/bots.js';
import type { Config } from './config.js';
import { ADDRESSES } from './connect/addresses.controller.js';
import { ConnectCrisp } from './connect/connect-crisp.js';
import { HookEnds } from './connect/hook-ends.js';
import { HooksSeen } from './connect/hooks-seen.js';
import { LastChecks } from './connect/last-checks.js';
import { MayConnect, targetsOf } from './connect/may-connect.js';
import { Conversations } from './conversations/conversations.js';
import { ConsoleFiles } from './console-files/console-files.js';
import { ControlPlaneModule } from './control-plane.module.js';
import { Database } from './database/database.js';
import { Alarms } from './alarms/alarms.js';
import { LooksStore } from './operations/looks.store.js';
import { WatchEverything } from './operations/watch-everything.js';
import { DeadLetters } from './dead-letters/dead-letters.js';
import { KeepLetters } from './dead-letters/keep-letters.js';
import { CrispPlugins } from './documents/crisp-plugins.js';
import { Documents } from './documents/documents.js';
import { resealDocuments } from './documents/reseal-documents.js';
import { Versions } from './documents/versions.js';
import { WorkspaceDocuments } from './documents/workspace-settings.js';
import { PublishDocuments } from './publishing/publish-documents.js';
import { PUBLISHED_CHANNEL } from './publishing/publisher-lock.js';
import { EndKillSwitches } from './kill-switch/end-kill-switches.js';
import { Knowledge } from './knowledge/knowledge.js';
import { Playground } from './playground/playground.js';
import { UsageOfWorkspace } from './usage/usage-of-workspace.js';
import { KillSwitches } from './kill-switch/kill-switches.js';
import { Privacy } from './privacy/privacy.js';
import { PrivacyStore } from './privacy/privacy-store.js';
import { Retention } from './privacy/retention.js';
import { WorkOff } from './privacy/work-off.js';
import { Services } from './services/services.js';
import { FollowFile } from './settings-file/follow-file.js';
import type { SettingsFile } from './settings-file/file-schema.js';
import { ApiKeys } from './api-keys/api-keys.js';
import { Invitations } from './members/invitations.js';
import { Members } from './members/members.js';
import { ApiCallers } from './sign-in/api-callers.js';
import { ConsoleAddress } from './sign-in/console-address.js';
import { ForgetEnded } from './sign-in/forget-ended.js';
import { Limits } from './sign-in/limits.js';
import { Enter } from './sign-in/oidc/enter.js';
import { oidcOf, strangersOf } from './sign-in/oidc/oidc-config.js';
import { OIDC_PATH } from './sign-in/oidc/oidc.controller.js';
import { Oidc } from './sign-in/oidc/oidc.js';
import { People } from './sign-in/people.js';
import { Sessions } from './sign-in/sessions.js';
import { WorkspaceNames } from './workspaces/workspace-names.js';
import { Workspaces } from './workspaces/workspaces.js';

/** For a whole request to arrive, a file of knowledge included (ms). */
const REQUEST_WITHIN_MS = 240_000;

/** How long the topics that are created at a start are not missed (ms). */
const AFTER_CREATION_MS = 10_000;

/** Builds the control plane: it creates missing topics unless told otherwise, publishes what the documents say, and again whenever one changes. */
export async function createControlPlane(
  config: Config,
  first: SettingsFile | undefined,
  { logger, health }: { logger: Logger; health: Health },
): Promise<RunningService> {
  const kafka = kafkaConfigFrom(config, 'control-plane');
  const keys = {
    webhooks: config.SETTINGS_KEY_WEBHOOKS,
    crisp: config.SETTINGS_KEY_CRISP,
    messenger: config.SETTINGS_KEY_MESSENGER,
    models: config.SETTINGS_KEY_MODELS,
  };
  const shape = topicShapeFrom(config);
  const creates = config.TOPICS_AT_START === 'create';
  const database = new Database(config.DATABASE_URL, config.INSTANCE_ID, logger);
  const { dataSource } = database;
  const audit = new Audit(dataSource);
  const reading = new NoteReading(audit);
  const keepAudit = new KeepAudit(audit, config.AUDIT_DAYS, logger);
  const documents = new Documents(dataSource, audit);
  const publishing = new PublishDocuments({
    documents,
    log: logger,
    database: { url: config.DATABASE_URL, instance: config.INSTANCE_ID },
    publisher: async () => {
      if (creates) await ensureTopics(kafka, shape);
      const publisher = new SettingsPublisher({ kafka, keys, log: logger });
      await publisher.start().catch(async (error: unknown) => {
        await publisher.stop();
        throw error;
      });
      keepLetters.start();
      return publisher;
    },
    prepare: async () => {
      if (Object.values(keys).some((ring) => ring.includes(','))) await resealDocuments({ dataSource, documents, keys, log: logger });
    },
    tellPublished: () => dataSource.query('SELECT pg_notify($1, $2)', [PUBLISHED_CHANNEL, '']),
  });
  const file = new FollowFile({ path: config.SETTINGS_FILE, first, documents, dataSource, publishing, keys, log: logger });
  const address = new ConsoleAddress(config.PUBLIC_URL ?? `http://${config.HTTP_HOST}:${config.HTTP_PORT}`);
  const people = new People(dataSource);
  const sessions = new Sessions(dataSource);
  const members = new Members(dataSource, audit);
  const invitations = new Invitations(dataSource, people, members, audit);
  const apiKeys = new ApiKeys(dataSource, audit);
  const forgetEnded = new ForgetEnded([sessions, people, invitations], logger);
  const limits = new Limits({ trustedProxies: config.TRUSTED_PROXIES, requestsPerSecond: config.API_REQUESTS_PER_SECOND });
  const killSwitches = new KillSwitches({ documents, publishing, audit });
  const endKillSwitches = new EndKillSwitches(killSwitches, logger);

  const services = new Services(
    { orchestrator: config.ORCHESTRATOR_URL, dispatcher: config.DISPATCHER_URL, ai: config.AI_URL },
    config.PASS_KEY,
  );
  const privacyStore = new PrivacyStore(dataSource);
  const workOff = new WorkOff({ store: privacyStore, services, log: logger });
  const workspaceNames = new WorkspaceNames(dataSource);
  const keepLetters = new KeepLetters({
    ...{ kafka, dataSource, audit, reading, services, logger },
    workspaces: async () => (await workspaceNames.all()).map(({ workspaceId }) => workspaceId),
    keptDays: config.DEAD_LETTER_DAYS,
  });
  const watch = new WatchEverything({
    ...{ kafka, dataSource, documents, services, audit, keys, health, logger },
    urls: {
      // Its public address need not route `/health`, and proxies in front have troubles of their own.
      ingress: config.INGRESS_INNER_URL ?? config.INGRESS_URL,
      orchestrator: config.ORCHESTRATOR_URL,
      dispatcher: config.DISPATCHER_URL,
      ai: config.AI_URL,
    },
    notPublished: () => publishing.notPublished ?? publishing.notTaken,
  });
  const mayConnect = new MayConnect(targetsOf(config));
  const ends = new HookEnds({ dataSource, documents, publishing, keys, log: logger });
  const crisp = new ConnectCrisp({
    ...{ documents, publishing, keys, ends, mayConnect },
    checks: new LastChecks(dataSource),
    seen: new HooksSeen(services),
    ingressUrl: config.INGRESS_URL,
  });

  const firstAfterMs = creates ? AFTER_CREATION_MS : 0;
  const topics = new WatchTopics({ kafka, user: 'control-plane', shape, log: logger, firstAfterMs });
  watchTopicDrift(topics, health);
  topics.start();
  health.readiness('database', () => database.notOpen);
  health.readiness('settings', () => publishing.notPublished);
  // Ready without Kafka, too: there is still everything to be seen and changed here, and an alarm tells that nothing is published.
  health.liveness('dead letters', () => keepLetters.stuck);

  const module = ControlPlaneModule.with(health, [
    { provide: Callers, useValue: new ApiCallers({ sessions, apiKeys, limits, address, key: config.CONTROL_PLANE_KEY }) },
    { provide: People, useValue: people },
    { provide: Sessions, useValue: sessions },
    { provide: Limits, useValue: limits },
    { provide: Members, useValue: members },
    { provide: Invitations, useValue: invitations },
    { provide: ApiKeys, useValue: apiKeys },
    { provide: Workspaces, useValue: new Workspaces({ dataSource, documents, members, publishing, audit }) },
    { provide: Oidc, useValue: new Oidc(oidcOf(config), `${address.url}/${OIDC_PATH}/callback`) },
    { provide: Enter, useValue: new Enter({ dataSource, people, members, invitations, strangers: strangersOf(config) }) },
    { provide: Audit, useValue: audit },
    {
      provide: Versions,
      useValue: new Versions({
        documents,
        publishing,
        keys,
        mayBe: (after, before, manager) => mayConnect.require(after, before, manager),
      }),
    },
    { provide: WorkspaceDocuments, useValue: new WorkspaceDocuments({ documents, publishing }) },
    { provide: CrispPlugins, useValue: new CrispPlugins({ documents, publishing, keys }) },
    { provide: AsCode, useValue: new AsCode({ dataSource, documents, publishing, keys, mayConnect }) },
    { provide: KillSwitches, useValue: killSwitches },
    { provide: Privacy, useValue: new Privacy({ store: privacyStore, services, audit, work: workOff }) },
    { provide: Retention, useValue: new Retention({ documents, publishing }) },
    { provide: ConsoleAddress, useValue: address },
    { provide: WorkspaceNames, useValue: workspaceNames },
    { provide: DeadLetters, useValue: keepLetters.letters },
    { provide: Alarms, useValue: watch.alarms },
    { provide: LooksStore, useValue: watch.looks },
    { provide: Bots, useValue: new Bots({ documents, publishing, keys, mayConnect }) },
    { provide: ConsoleFiles, useValue: new ConsoleFiles(config.CONSOLE_DIR) },
    { provide: Services, useValue: services },
    { provide: Conversations, useValue: new Conversations({ services, documents, dataSource, reading }) },
    { provide: Knowledge, useValue: new Knowledge(services, audit) },
    { provide: Playground, useValue: new Playground(services) },
    { provide: UsageOfWorkspace, useValue: new UsageOfWorkspace(services) },
    { provide: ConnectCrisp, useValue: crisp },
    {
      provide: ADDRESSES,
      useValue: { chat: config.CHAT_URL ?? null, hooks: config.INGRESS_URL ?? null, crispApi: config.CRISP_API_URL },
    },
    { provide: BotKeys, useValue: new BotKeys({ dataSource, documents, publishing }) },
  ]);
  const adapter = new FastifyAdapter({ bodyLimit: BODY_LIMIT, return503OnClosing: false, ...patience(REQUEST_WITHIN_MS) });
  keepDoors(adapter.getInstance(), {
    ...{ doors: DOORS, rules: houseRules(config.API_REQUESTS_PER_SECOND), trustedProxies: config.TRUSTED_PROXIES },
    refuse: refuseTooMany,
  });
  expectWholeBodies(adapter.getInstance(), { refuse: refuseTooSlow });
  handOnBytes(adapter.getInstance(), OPERATIONS);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: nestLogger(logger),
  });
  await app.listen(config.HTTP_PORT, config.HTTP_HOST);
  const starting = database.open().then(() => {
    publishing.start();
    keepAudit.start();
    file.start();
    endKillSwitches.start();
    workOff.start();
    forgetEnded.start();
    ends.start();
    watch.start();
  });
  const step = stepsOf(logger);
  return {
    close: async (doorsMayClose) => {
      lastRequests(app.getHttpServer());
      topics.stop();
      const clocks = [file, endKillSwitches, workOff, ends, forgetEnded, keepAudit, watch];
      // What nobody calls goes to the other replicas at once; who calls meanwhile is served as ever, and what he changes is published.
      await Promise.all([
        step('the dead letters', () => keepLetters.stopReading()),
        step('the clocks', () => Promise.all(clocks.map((one) => one.stop())).then(() => undefined)),
        doorsMayClose,
      ]);
      await step('the doors', () => app.close());
      await Promise.all([step('what is sent again', () => keepLetters.stop()), step('the publisher', () => publishing.stop())]);
      await step('the tables', () => database.close());
      await starting;
    },
  };
}

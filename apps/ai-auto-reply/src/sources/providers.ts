import { fitParameters, SourceReader } from '@baton/knowledge';
import type { KnowledgeScope } from '@baton/knowledge';
import { SettingsStore } from '@baton/settings';
import { counter, gauge, provide, METRICS } from '@baton/telemetry';
import type { Job, Logger } from '@baton/telemetry';
import type { FactoryProvider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Knowledge } from '../knowledge/knowledge.js';
import { forgetGoneBots } from './forget-gone-bots.js';
import { FitSoon } from './ingestion/fit-soon.js';
import { IngestSources } from './ingestion/ingest-sources.js';
import { PagesStore } from './ingestion/pages.store.js';
import { RunsStore } from './ingestion/runs.store.js';
import { ManageSources } from './manage-sources.js';
import { SourcesDesk } from './sources-desk.js';
import { SourcesStore } from './sources.store.js';

export interface SourcesConfig {
  readonly SOURCES_AT_ONCE: number;
  readonly SOURCES_FROM_LOOPBACK: 'on' | 'off';
}

/** Sources that are embedded anew at a time when the model of the service is another one. */
const ANEW_AT_ONCE = 5;

interface RoadParts {
  readonly ingestion: IngestSources;
  readonly reader: SourceReader;
  readonly fits: FitSoon;
  readonly manage: ManageSources;
  readonly runs: RunsStore;
  readonly knowledge: Knowledge;
  readonly tellWaiting: (count: number) => void;
  readonly forgetGoneBots: () => Promise<void>;
}

/** Starts and stops what takes sources in. */
export class SourcesRoad {
  constructor(private readonly parts: RoadParts) {}

  start(): void {
    this.parts.ingestion.start();
  }

  async stop(): Promise<void> {
    const { ingestion, reader, fits } = this.parts;
    await ingestion.stop();
    await Promise.all([reader.close(), fits.stop()]);
  }

  get jobs(): readonly Job[] {
    const { manage, runs, knowledge, tellWaiting, forgetGoneBots } = this.parts;
    const { id, dimensions } = knowledge.embedder;
    return [
      { what: 'take away what was deleted', everyMs: 30_000, run: () => manage.sweep() },
      { what: 'take away what bots knew that are gone', everyMs: 3_600_000, run: forgetGoneBots },
      { what: 'count the sources that wait', everyMs: 15_000, run: async () => tellWaiting(await runs.waiting()) },
      {
        what: 'ask for sources of another model',
        everyMs: 60_000,
        run: async () => void (dimensions > 0 && (await runs.askForModel(id, ANEW_AT_ONCE))),
      },
    ];
  }
}

/** Everything of sources but their door. */
export function sourcesProviders(config: SourcesConfig, logger: Logger): FactoryProvider[] {
  return [
    provide(SourcesStore, [DataSource], (dataSource: DataSource) => new SourcesStore(dataSource)),
    provide(
      RunsStore,
      [DataSource, SettingsStore],
      (dataSource: DataSource, settings: SettingsStore) => new RunsStore(dataSource, () => settings.bots()),
    ),
    provide(SourceReader, [], () => new SourceReader()),
    provide(FitSoon, [Knowledge], ({ store, embedder }: Knowledge) => {
      const { dataSource } = store;
      const fit = async (scope: KnowledgeScope, signal: AbortSignal): Promise<unknown> =>
        embedder.dimensions > 0 ? fitParameters(scope, { dataSource, embedder, signal }) : undefined;
      return new FitSoon({ fit, log: logger });
    }),
    provide(
      IngestSources,
      [DataSource, RunsStore, SourceReader, Knowledge, FitSoon],
      (dataSource: DataSource, runs: RunsStore, reader: SourceReader, knowledge: Knowledge, fits: FitSoon) => {
        const taken = counter(METRICS.sourcesTakenIn);
        return new IngestSources({
          pages: new PagesStore(dataSource),
          runs,
          reader,
          knowledge,
          allowLoopback: config.SOURCES_FROM_LOOPBACK === 'on',
          log: logger,
          atOnce: config.SOURCES_AT_ONCE,
          onEnd: (outcome) => taken.inc({ outcome }),
          onChange: (scope) => fits.changed(scope),
        });
      },
    ),
    provide(
      ManageSources,
      [SourcesStore, Knowledge, IngestSources, FitSoon],
      (sources: SourcesStore, knowledge: Knowledge, ingestion: IngestSources, fits: FitSoon) =>
        new ManageSources({ sources, knowledge, wake: () => ingestion.wake(), onChange: (scope) => fits.changed(scope) }),
    ),
    provide(
      SourcesDesk,
      [SourcesStore, ManageSources, DataSource, Knowledge],
      (sources: SourcesStore, manage: ManageSources, dataSource: DataSource, knowledge: Knowledge) =>
        new SourcesDesk(sources, manage, new PagesStore(dataSource), knowledge),
    ),
    provide(
      SourcesRoad,
      [DataSource, SettingsStore, IngestSources, SourceReader, FitSoon, ManageSources, RunsStore, Knowledge],
      (
        dataSource: DataSource,
        settings: SettingsStore,
        ingestion: IngestSources,
        reader: SourceReader,
        fits: FitSoon,
        manage: ManageSources,
        runs: RunsStore,
        knowledge: Knowledge,
      ) => {
        let waiting = 0;
        gauge(METRICS.sourcesWaiting, (shown) => shown.set(waiting));
        return new SourcesRoad({
          ingestion,
          reader,
          fits,
          manage,
          runs,
          knowledge,
          tellWaiting: (count) => (waiting = count),
          forgetGoneBots: () => forgetGoneBots({ dataSource, settings, manage, log: logger }, new Date()),
        });
      },
    ),
  ];
}

import { SourceReader } from '@baton/knowledge';
import { counter, gauge, provide } from '@baton/telemetry';
import type { Job, Logger } from '@baton/telemetry';
import type { FactoryProvider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Knowledge } from '../knowledge/knowledge.js';
import { IngestSources } from './ingestion/ingest-sources.js';
import { PagesStore } from './ingestion/pages.store.js';
import { RunsStore } from './ingestion/runs.store.js';
import { ManageSources } from './manage-sources.js';
import { SourcesStore } from './sources.store.js';

export interface SourcesConfig {
  readonly SOURCES_AT_ONCE: number;
  readonly SOURCES_FROM_LOOPBACK: 'on' | 'off';
}

/** Starts and stops what takes sources in. */
export class SourcesRoad {
  constructor(
    private readonly ingestion: IngestSources,
    private readonly reader: SourceReader,
    private readonly manage: ManageSources,
    private readonly runs: RunsStore,
    private readonly tellWaiting: (count: number) => void,
  ) {}

  start(): void {
    this.ingestion.start();
  }

  async stop(): Promise<void> {
    await this.ingestion.stop();
    await this.reader.close();
  }

  get jobs(): readonly Job[] {
    return [
      { what: 'take away what was deleted', everyMs: 30_000, run: () => this.manage.sweep() },
      { what: 'count the sources that wait', everyMs: 15_000, run: async () => this.tellWaiting(await this.runs.waiting()) },
    ];
  }
}

/** Everything of sources but their door. */
export function sourcesProviders(config: SourcesConfig, logger: Logger): FactoryProvider[] {
  return [
    provide(SourcesStore, [DataSource], (dataSource: DataSource) => new SourcesStore(dataSource)),
    provide(RunsStore, [DataSource], (dataSource: DataSource) => new RunsStore(dataSource)),
    provide(SourceReader, [], () => new SourceReader()),
    provide(
      IngestSources,
      [DataSource, RunsStore, SourceReader, Knowledge],
      (dataSource: DataSource, runs: RunsStore, reader: SourceReader, knowledge: Knowledge) => {
        const taken = counter('baton_sources_taken_in_total', 'Sources that were taken in, by how that ended.', ['outcome']);
        return new IngestSources({
          pages: new PagesStore(dataSource),
          runs,
          reader,
          knowledge,
          allowLoopback: config.SOURCES_FROM_LOOPBACK === 'on',
          log: logger,
          atOnce: config.SOURCES_AT_ONCE,
          onEnd: (outcome) => taken.inc({ outcome }),
        });
      },
    ),
    provide(
      ManageSources,
      [SourcesStore, Knowledge, IngestSources],
      (sources: SourcesStore, knowledge: Knowledge, ingestion: IngestSources) =>
        new ManageSources({ sources, knowledge, wake: () => ingestion.wake() }),
    ),
    provide(
      SourcesRoad,
      [IngestSources, SourceReader, ManageSources, RunsStore],
      (ingestion: IngestSources, reader: SourceReader, manage: ManageSources, runs: RunsStore) => {
        let waiting = 0;
        gauge('baton_sources_waiting', 'Sources that wait to be taken in or are at it: the same on every replica.', [], (shown) =>
          shown.set(waiting),
        );
        return new SourcesRoad(ingestion, reader, manage, runs, (count) => (waiting = count));
      },
    ),
  ];
}

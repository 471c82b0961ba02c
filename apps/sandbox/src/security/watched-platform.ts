import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@baton/testing';
import { Stage } from '../journey/stage.js';
import { startPlatform } from '../platform/platform.js';
import type { Platform } from '../platform/platform.js';
import { SupervisedProcess } from '../platform/supervised-process.js';
import { OtlpReceiver } from '../tracing/otlp-receiver.js';
import { spansOf } from '../tracing/otlp-spans.js';
import type { Evidence } from './evidence.js';
import { secretsOf } from './secrets-of.js';

/** Whose output is nobody's: they stand for people and for others' platforms. */
const NOT_OURS: readonly string[] = ['crisp', 'messenger', 'demo-bot', 'site'];
const OURS = ['ingress', 'orchestrator', 'dispatcher', 'ai', 'control-plane'] as const;

/** The whole platform, with a second ingress, of which everything is kept that it writes and exports, at the most talkative level. */
export class WatchedPlatform {
  readonly receiver = new OtlpReceiver();
  /** What may stand nowhere outside, by what it is. */
  readonly secrets = new Map<string, string>();
  /** What people said: it belongs into conversations, and nowhere else. By what it is. */
  readonly words = new Map<string, string>();
  /** By what people are known: it stands in no log, figure or span. By what it is. */
  readonly people = new Map<string, string>();
  platform!: Platform;
  stage!: Stage;
  secondUrl!: string;
  private second?: SupervisedProcess;
  private directory?: string;
  private readonly lines = new Map<string, string[]>();

  async start(): Promise<void> {
    const env = {
      LOG_LEVEL: 'trace',
      OTEL_EXPORTER_OTLP_ENDPOINT: await this.receiver.listen(),
      OTEL_BSP_SCHEDULE_DELAY: '100',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
    };
    this.directory = await mkdtemp(path.join(tmpdir(), 'baton-watched-'));
    this.platform = await startPlatform({
      ...{ ports: 'free', directory: this.directory, partitions: 3, without: ['site'] },
      env: { ...Object.fromEntries(OURS.map((service) => [service, env])), dispatcher: { ...env, NEW_VISITORS_PER_MINUTE: '100000' } },
      onLine: (service, line) => this.note(service, line),
    });
    await this.startSecondIngress();
    this.stage = new Stage({ ...this.platform.urls, hasTestBots: false }, () => undefined);
    for (const [what, value] of secretsOf(this.platform)) this.secrets.set(what, value);
  }

  async stop(): Promise<void> {
    this.stage?.leave();
    await this.second?.stop();
    await this.platform?.stop();
    await this.receiver.close();
    if (this.directory) await rm(this.directory, { recursive: true, force: true });
  }

  /** The addresses of those that are watched from the inside. */
  get urls(): Record<string, string> {
    const { ingress, controlPlane, orchestrators, dispatchers, ais } = this.platform.urls;
    return {
      ...{ ingress, 'ingress-2': this.secondUrl, 'control-plane': controlPlane },
      ...{ orchestrator: orchestrators[0]!, dispatcher: dispatchers[0]!, ai: ais[0]! },
    };
  }

  /** What our services wrote, one place for each. */
  logs(): Evidence[] {
    const ours = [...this.lines].filter(([service]) => !NOT_OURS.includes(service));
    return ours.map(([service, all]) => ({ place: `log of ${service}`, text: all.join('\n') }));
  }

  /** What our services exported, byte for byte, one place for each. */
  spans(): Evidence[] {
    const bodies = new Map<string, Buffer[]>();
    for (const body of this.receiver.bodies) {
      const service = spansOf(body)[0]?.service ?? 'nobody';
      bodies.set(service, [...(bodies.get(service) ?? []), body]);
    }
    return [...bodies].map(([service, all]) => ({ place: `spans of ${service}`, text: Buffer.concat(all).toString('latin1') }));
  }

  private async startSecondIngress(): Promise<void> {
    const { plan } = this.platform.processes.get('ingress')!;
    const port = await freePort();
    this.secondUrl = `http://127.0.0.1:${port}`;
    this.second = new SupervisedProcess({
      ...plan,
      ...{
        name: 'ingress-2',
        url: this.secondUrl,
        readyUrl: `${this.secondUrl}/health/ready`,
        env: { ...plan.env, HTTP_PORT: String(port) },
      },
      onLine: (line) => this.note('ingress-2', line),
    });
    await this.second.start();
  }

  private note(service: string, line: string): void {
    const lines = this.lines.get(service) ?? [];
    lines.push(line);
    this.lines.set(service, lines);
  }
}

import { gauge } from './metrics.js';
import { METRICS } from './names.js';

/** What a service knows of the settings that it holds. */
export interface WatchedSettings {
  /** When the control plane last said that they are current; undefined before it was heard. */
  readonly freshAt: Date | undefined;
}

/** Shows how old the last word of the control plane is. Before the first one it is as old as this process. */
export function watchSettings(settings: WatchedSettings): void {
  const startedAt = Date.now() - process.uptime() * 1_000;
  gauge(METRICS.settingsAge, (of) => of.set(Math.max(0, Date.now() - (settings.freshAt?.getTime() ?? startedAt)) / 1_000));
}

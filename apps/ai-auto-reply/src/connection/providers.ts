import { SettingsStore } from '@baton/settings';
import { provide } from '@baton/telemetry';
import type { FactoryProvider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CrispCheck } from './crisp-check.js';
import { HooksSeen } from './hooks-seen.js';
import { MaySpeak } from './may-speak.js';
import { StoppedBots } from './stopped-bots.js';

/** Whether a bot may speak, and what is known of its connection. */
export function connectionProviders({ INGRESS_URL: ingressUrl }: { readonly INGRESS_URL?: string | undefined }): FactoryProvider[] {
  return [
    provide(StoppedBots, [DataSource], (dataSource: DataSource) => new StoppedBots(dataSource)),
    provide(HooksSeen, [DataSource], (dataSource: DataSource) => new HooksSeen(dataSource)),
    provide(
      MaySpeak,
      [SettingsStore, StoppedBots],
      (settings: SettingsStore, stopped: StoppedBots) => new MaySpeak({ settings, isStopped: (botId) => stopped.has(botId) }),
    ),
    provide(
      CrispCheck,
      [SettingsStore, HooksSeen],
      (secrets: SettingsStore, hooksSeen: HooksSeen) => new CrispCheck({ secrets, hooksSeen, ingressUrl }),
    ),
  ];
}

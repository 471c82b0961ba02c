import type { SettingsView } from '@baton/settings';
import { SecretError } from '@baton/settings';

/** What lies behind sealed secrets; undefined when one of them cannot be opened: the store has said so already. */
export function opened(settings: Pick<SettingsView, 'open'>, sealed: readonly string[]): string[] | undefined {
  try {
    return sealed.map((secret) => settings.open(secret));
  } catch (error) {
    if (error instanceof SecretError) return undefined;
    throw error;
  }
}

import { ContractViolation, decodeEvent, settings } from '@baton/contracts';
import type { DeadLetterReason, IncomingRecord } from '@baton/contracts';
import { open, purposeOf, sealedIn, SecretError } from './secrets/seal.js';
import type { SecretKeys } from './secrets/seal.js';
import { settingIdOf, settingOf } from './setting.js';
import type { Setting } from './setting.js';

export interface HeldSetting {
  readonly setting: Setting;
  readonly revision: number;
  /** By the publisher's clock, ISO 8601. */
  readonly publishedAt: string;
}

/** Something is wrong with the newest record of a setting; it says which setting, never a value. */
export interface SettingsProblem {
  readonly settingId: string;
  readonly reason: DeadLetterReason | 'wrong-key' | 'secret-unreadable';
  /** One sentence. */
  readonly message: string;
}

/** What a record did; a heartbeat does nothing that shows here. */
export interface Applied {
  /** The setting that is another one now, or gone. */
  readonly changed?: string;
  readonly problem?: SettingsProblem;
}

/** The state that the records of the settings topic add up to, read in order. */
export class HeldSettings {
  private readonly held = new Map<string, HeldSetting>();
  /** Opened secrets by their sealed form: no two settings share one, for it is bound to its setting. */
  private readonly secrets = new Map<string, string>();
  private readonly inDoubt = new Set<string>();
  private newest: Date | undefined;

  constructor(private readonly keys: SecretKeys) {}

  /** The publisher's time of the newest record. */
  get freshAt(): Date | undefined {
    return this.newest;
  }

  get(settingId: string): HeldSetting | undefined {
    return this.held.get(settingId);
  }

  all(): MapIterator<[string, HeldSetting]> {
    return this.held.entries();
  }

  /** The secret behind a sealed one of a setting held now, if we have its key. */
  secret(sealed: string): string | undefined {
    return this.secrets.get(sealed);
  }

  /** Ids whose newest record had a problem: what is held of them, if anything, is not what was meant. */
  get doubtful(): ReadonlySet<string> {
    return this.inDoubt;
  }

  apply(record: IncomingRecord): Applied {
    const key = record.key?.toString() ?? '';
    if (record.value === null) {
      this.replace(key, undefined, new Map());
      this.inDoubt.delete(key);
      return { changed: key };
    }
    const applied = this.read(key, record);
    if (applied.problem) this.inDoubt.add(key);
    else if (applied.changed !== undefined) this.inDoubt.delete(key);
    return applied;
  }

  private read(key: string, record: IncomingRecord): Applied {
    const problem = (reason: SettingsProblem['reason'], message: string) => ({ problem: { settingId: key, reason, message } });
    try {
      const event = decodeEvent(settings, record);
      const publishedAt = new Date(event.data.publishedAt);
      if (!this.newest || publishedAt > this.newest) this.newest = publishedAt;
      if (event.type === 'settings.heartbeat') return {};
      const setting = settingOf(event);
      if (settingIdOf(setting) !== key || event.data.settingId !== key)
        return problem('wrong-key', 'the record is not about the setting of its key');
      const { secrets, unreadable } = this.opened(key, setting);
      // A key that was changed at one end only must not take a working bot away; of one never seen before at least the rest is held.
      if (unreadable && this.held.has(key)) return problem('secret-unreadable', unreadable.message);
      this.replace(key, { setting, revision: event.data.revision, publishedAt: event.data.publishedAt }, secrets);
      return { changed: key, ...(unreadable && problem('secret-unreadable', unreadable.message)) };
    } catch (error) {
      if (error instanceof ContractViolation) return problem(error.reason, error.message);
      throw error;
    }
  }

  private replace(settingId: string, by: HeldSetting | undefined, secrets: ReadonlyMap<string, string>): void {
    for (const sealed of sealedIn(this.held.get(settingId)?.setting)) this.secrets.delete(sealed);
    for (const [sealed, secret] of secrets) this.secrets.set(sealed, secret);
    if (by) this.held.set(settingId, by);
    else this.held.delete(settingId);
  }

  private opened(settingId: string, setting: Setting): { secrets: Map<string, string>; unreadable?: SecretError } {
    const secrets = new Map<string, string>();
    let unreadable: SecretError | undefined;
    for (const sealed of sealedIn(setting)) {
      const purpose = purposeOf(sealed);
      if (purpose === undefined || this.keys[purpose] === undefined) continue;
      try {
        secrets.set(sealed, open(settingId, this.keys, sealed));
      } catch (error) {
        if (!(error instanceof SecretError)) throw error;
        unreadable = error;
      }
    }
    return { secrets, ...(unreadable && { unreadable }) };
  }
}

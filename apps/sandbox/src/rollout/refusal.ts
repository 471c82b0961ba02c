import { compareVersions } from '@baton/persistence/upgrades';

export interface ToRecord {
  readonly version: string;
  readonly again: boolean;
  /** Whether git has its tag: it may run somewhere. */
  readonly isTagged: boolean;
  /** Versions that `docs/releases` holds, newest first. */
  readonly kept: readonly string[];
}

/** Why a version is not to be recorded; undefined when it may be. What was released is what the next release is held to: it is not written again. */
export function refusalOf({ version, again, isTagged, kept }: ToRecord): string | undefined {
  if (!/^\d+\.\d+\.\d+$/.test(version)) return `"${version}" is no version: say it as 1.2.3`;
  const [newest] = kept;
  if (newest !== undefined && compareVersions(version, newest) < 0) return `${version} comes before ${newest}, which is released`;
  if (isTagged)
    return `v${version} has its tag: what was released stays as it was. Say the next version: npm run record-release -- <version>`;
  if (kept.includes(version) && !again)
    return `docs/releases/${version} is there already. Say the next version: npm run record-release -- <version>; or, as long as v${version} was not released, --again`;
  return undefined;
}

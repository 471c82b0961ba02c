import type { Problem } from '@baton/control-api';
import type { EntityManager } from 'typeorm';
import { ApiRefusal } from '../api/problem.js';
import { changesBetween, summaryOf } from './changes.js';
import type { Document, Documents, Version } from './documents.js';

const VERSIONS_TOLD = 10;

/**
 * Makes sure that the caller changes the version that he read.
 * @throws ApiRefusal `changed-meanwhile`, which says who changed what since
 */
export async function requireVersion(
  documents: Pick<Documents, 'versions'>,
  before: Pick<Document, 'kind' | 'id' | 'workspaceId' | 'version'>,
  version: number,
  manager?: EntityManager,
): Promise<void> {
  if (before.version === version) return;
  const since = await documents.versions(before, { after: version - 1, limit: VERSIONS_TOLD + 1 }, manager);
  const meanwhile = since.flatMap((one, i) => {
    const older = since[i + 1];
    return older && one.version > version ? [changeOf(older, one)] : [];
  });
  const [newest] = meanwhile;
  const who = newest === undefined ? '' : `${wordsOf(newest)} `;
  throw new ApiRefusal('changed-meanwhile', `${who}Load it again, look at what changed, and make your change once more.`, { meanwhile });
}

type Meanwhile = NonNullable<Problem['meanwhile']>[number];

function changeOf(older: Version, newer: Version): Meanwhile {
  const { paths } = newer.body ? summaryOf(changesBetween(older.body, newer.body)) : { paths: [] };
  const { version, changedAt, changedBy, cause } = newer;
  return { version, changedAt: changedAt.toISOString(), changedBy, cause, paths };
}

function wordsOf({ changedBy, cause, paths }: Meanwhile): string {
  if (cause === 'deleted') return `Taken away by ${changedBy.name} meanwhile.`;
  const what = paths.slice(0, 3).join(', ') + (paths.length > 3 ? ` and ${paths.length - 3} more` : '');
  return `Changed by ${changedBy.name} meanwhile${what === '' ? '' : `: ${what}`}.`;
}

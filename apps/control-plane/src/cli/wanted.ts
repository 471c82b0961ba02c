import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sentence } from '../settings-file/problem.js';
import type { Places } from '../settings-file/problem.js';
import { readSettings } from '../settings-file/read-settings.js';
import { WrongSettings } from '../settings-file/load-settings.js';
import type { SettingsFile } from '../settings-file/file-schema.js';

/** What a file wants of one workspace, secrets in clear. */
export interface Wanted {
  readonly workspaceId: string;
  readonly bots: readonly (Record<string, unknown> & { readonly botId: string })[];
  readonly workspace: Record<string, unknown> | undefined;
  /** A problem of a document in the words of the file, with its line. @param pointer within the document */
  readonly sentenceOf: (document: string, pointer: string, message: string) => string;
}

export interface WantedOfFile {
  readonly workspaces: readonly Wanted[];
  /** Crisp plugins belong to no workspace and are left alone here. */
  readonly plugins: number;
}

/**
 * Reads and checks a settings file, and sorts it by workspace.
 * @param only this workspace
 * @throws WrongSettings with everything that is wrong, each with its line; secrets are never part of it
 */
export async function wantedOf(file: string, env: NodeJS.ProcessEnv, only: string | undefined): Promise<WantedOfFile> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new WrongSettings([`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`]);
  }
  const read = readSettings(text, { env, directory: dirname(file) });
  if ('problems' in read) throw new WrongSettings(read.problems.map((problem) => sentence(file, problem)));
  const { settings, places } = read;
  const named = new Set([...settings.bots, ...settings.workspaces].map(({ workspaceId }) => workspaceId));
  if (only !== undefined && !named.has(only)) throw new WrongSettings([`${file} says nothing of the workspace ${only}`]);
  const workspaces = [...named].sort().filter((workspaceId) => only === undefined || workspaceId === only);
  return {
    workspaces: workspaces.map((workspaceId) => wantedIn(workspaceId, settings, file, places)),
    plugins: settings.crispPlugins.length,
  };
}

function wantedIn(workspaceId: string, { bots, workspaces }: SettingsFile, file: string, places: Places): Wanted {
  const { workspaceId: _, ...workspace } = workspaces.find((one) => one.workspaceId === workspaceId) ?? { workspaceId };
  const hasWorkspace = workspaces.some((one) => one.workspaceId === workspaceId);
  return {
    workspaceId,
    // A bot whose file names no key keeps those of today.
    bots: bots
      .filter((bot) => bot.workspaceId === workspaceId)
      .map(({ apiKeys, ...bot }) => (apiKeys.length > 0 ? { ...bot, apiKeys } : bot)),
    workspace: hasWorkspace ? workspace : undefined,
    sentenceOf: (document, pointer, message) => {
      const [kind, id] = document.split(':');
      const root =
        kind === 'bot'
          ? ['bots', bots.findIndex(({ botId }) => botId === id)]
          : ['workspaces', workspaces.findIndex((one) => one.workspaceId === workspaceId)];
      return sentence(file, places.problem([...root, ...pathOf(pointer)], message));
    },
  };
}

/** The path of a JSON pointer, list entries as numbers. */
function pathOf(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

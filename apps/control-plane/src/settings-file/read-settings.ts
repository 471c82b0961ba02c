import { safeParse } from '@baton/contracts';
import { LineCounter, parseDocument } from 'yaml';
import { unknownFields } from '../api/unknown-fields.js';
import { settingsFileSchema } from './file-schema.js';
import type { SettingsFile } from './file-schema.js';
import { issueProblems, Places, UNKNOWN } from './problem.js';
import type { Path, Problem } from './problem.js';
import type { SecretSources } from './secret-reference.js';

/** The settings of a file, secrets in clear, or everything that is wrong with it, from the top down. */
export type ReadSettings =
  { readonly settings: SettingsFile; /** Where what stands. */ readonly places: Places } | { readonly problems: readonly Problem[] };

export function readSettings(text: string, sources: SecretSources): ReadSettings {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const places = new Places(document, lines);
  if (document.errors.length > 0)
    return { problems: document.errors.map(({ pos, message }) => places.at(pos[0], [], `is no YAML: ${message}`)) };
  const value: unknown = document.toJS();
  const schema = settingsFileSchema(sources);
  const parsed = safeParse(schema, value);
  const problems = [
    ...issueProblems(parsed.error?.issues ?? [], places),
    ...unknownFields(schema, value).map((path) => places.problemOfName(path, UNKNOWN)),
    ...repeated(value).map((path) => places.problem(path, 'is there already')),
  ];
  if (!parsed.success || problems.length > 0) return { problems: inOrder(problems) };
  return { settings: parsed.data, places };
}

/** What must be of one only: the names of bots and plugins, and the page on which a bot speaks. */
const UNIQUE: readonly (readonly [string, ...string[]])[] = [
  ['bots', 'botId'],
  ['bots', 'messenger', 'pageId'],
  ['workspaces', 'workspaceId'],
  ['crispPlugins', 'pluginId'],
];

/** Where one of them is said again. */
function repeated(value: unknown): Path[] {
  return UNIQUE.flatMap(([list, ...field]) => {
    const entries = fieldOf(value, list);
    const seen = new Set<unknown>();
    return (Array.isArray(entries) ? entries : []).flatMap((entry: unknown, i): Path[] => {
      const id = field.reduce(fieldOf, entry);
      if (id === undefined || !seen.has(id)) {
        seen.add(id);
        return [];
      }
      return [[list, i, ...field]];
    });
  });
}

function fieldOf(value: unknown, name: string): unknown {
  return (value as Record<string, unknown> | null | undefined)?.[name];
}

function inOrder(problems: readonly Problem[]): Problem[] {
  const unique = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...unique.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}

import { isDeepStrictEqual } from 'node:util';
import { WorkspaceSettingsSchema } from '@baton/contracts';
import { ShownBotSchema, ShownSecretSchema } from '@baton/control-api';
import type { exportWorkspace, ResultOf } from '@baton/control-api';
import { stringify } from 'yaml';
import type { z } from 'zod';

type Exported = ResultOf<typeof exportWorkspace>;

export interface ExportedFile {
  readonly yaml: string;
  /** What must be set before the file can be applied, in its order. */
  readonly variables: readonly string[];
}

const HEAD = `# The bots of the workspace {workspace}, as Baton has them. What is not here has its default.
# Secrets are never given out: set these variables to them before you plan or apply.
# API keys of bots are not here, either: a bot without apiKeys keeps the keys it has.
`;

/** The settings file of a workspace: what differs from the defaults, with references to variables where secrets stand. */
export function exportedFile({ workspaceId, bots, workspace }: Exported): ExportedFile {
  const variables: string[] = [];
  const referring = (value: unknown, name: string): unknown => {
    if (ShownSecretSchema.safeParse(value).success) {
      variables.push(name);
      return { env: name };
    }
    if (Array.isArray(value)) return value.map((inner, nth) => referring(inner, value.length > 1 ? `${name}_${nth + 1}` : name));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, referring(inner, `${name}_${variableOf(field)}`)]));
  };
  const file = {
    ...(workspace && { workspaces: [{ workspaceId, ...(withoutDefaults(WorkspaceSettingsSchema, workspace) as object) }] }),
    bots: bots.map((bot) => {
      const { botId, workspaceId: _, name, ...others } = withoutDefaults(ShownBotSchema, bot) as Exported['bots'][number];
      return { botId, workspaceId, name, ...(referring(others, `BOT_${variableOf(botId)}`) as object) };
    }),
  };
  return { yaml: `${HEAD.replace('{workspace}', workspaceId)}\n${stringify(file, { lineWidth: 140 })}`, variables };
}

/** `tokenKey` gives `TOKEN_KEY`, `my-bot` gives `MY_BOT`. */
function variableOf(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
}

/** Without every field that the schema would fill in with the same. */
export function withoutDefaults(schema: z.ZodType, value: unknown): unknown {
  let left = structuredClone(value);
  const whole = schema.parse(left);
  const isSame = (tried: unknown) => {
    const parsed = schema.safeParse(tried);
    return parsed.success && isDeepStrictEqual(parsed.data, whole);
  };
  const strip = (path: readonly (string | number)[]): void => {
    const here = at(left, path);
    if (here === null || typeof here !== 'object') return;
    for (const name of Array.isArray(here) ? here.keys() : Object.keys(here)) {
      const field = [...path, name];
      if (typeof name === 'string') {
        const without = structuredClone(left);
        Reflect.deleteProperty(at(without, path) as object, name);
        if (isSame(without)) {
          left = without;
          continue;
        }
      }
      strip(field);
    }
  };
  strip([]);
  return left;
}

function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, name) => (inner as Record<string | number, unknown>)[name], value);
}

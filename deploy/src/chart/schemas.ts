import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from './manifest.js';

/** What is wrong with a manifest, in sentences; empty when nothing is. Undefined when nobody knows its kind. */
export type Judge = (manifest: Manifest) => readonly string[] | undefined;

interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

const keyOf = ({ group, version, kind }: Kind): string => `${group === '' ? version : `${group}/${version}`} ${kind}`;

/** Patterns are Go's: a leading `(?i)` is a flag here. */
const goPattern = Object.assign(
  (pattern: string, flags: string): RegExp =>
    pattern.includes('(?i)') ? new RegExp(pattern.replaceAll('(?i)', ''), `${flags}i`) : new RegExp(pattern, flags),
  { code: 'goPattern' },
);

/** Schemas mark formats and numbers in their own ways; what counts here is their shape. */
const LENIENT = { strict: false, validateFormats: false, allErrors: true, logger: false, code: { regExp: goPattern } } as const;

/** Kubernetes' own kinds of one release (`1.35`), in which unknown fields are wrong. @throws Error when the folder has no such release. */
export async function kubernetesJudge(schemas: string, release: string): Promise<Judge> {
  const file = path.join(schemas, `v${release}.0-local-strict`, '_definitions.json');
  if (!existsSync(file)) throw new Error(`there are no schemas of Kubernetes ${release} in ${schemas}.`);
  const document = JSON.parse(await readFile(file, 'utf8')) as {
    $defs: Record<string, { 'x-kubernetes-group-version-kind'?: Kind[] }>;
  };
  const ajv = new Ajv2020(LENIENT);
  ajv.addSchema({ ...document, $schema: undefined, $id: undefined }, 'kubernetes');
  const refs = new Map<string, string>();
  for (const [name, { 'x-kubernetes-group-version-kind': kinds = [] }] of Object.entries(document.$defs)) {
    for (const kind of kinds) refs.set(keyOf(kind), `kubernetes#/$defs/${name}`);
  }
  return judgeBy((key) => {
    const ref = refs.get(key);
    return ref === undefined ? undefined : ajv.compile({ $ref: ref });
  });
}

/** Kinds that others define, as their definitions say in these folders. */
export async function definedKindsJudge(folders: readonly string[]): Promise<Judge> {
  const ajv = new Ajv(LENIENT);
  const kinds = new Map<string, object>();
  for (const folder of folders) {
    for (const file of (await readdir(folder)).filter((name) => name.endsWith('.yaml'))) {
      for (const document of parseAllDocuments(await readFile(path.join(folder, file), 'utf8'))) {
        const { kind, spec } = (document.toJS() ?? {}) as { kind?: string; spec?: Definition };
        if (kind !== 'CustomResourceDefinition' || !spec) continue;
        for (const { name, schema } of spec.versions) {
          kinds.set(keyOf({ group: spec.group, version: name, kind: spec.names.kind }), strictly(schema.openAPIV3Schema) as object);
        }
      }
    }
  }
  return judgeBy((key) => {
    const schema = kinds.get(key);
    return schema && ajv.compile(schema);
  });
}

interface Definition {
  readonly group: string;
  readonly names: { readonly kind: string };
  readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: unknown } }[];
}

/** An API server drops fields that a definition does not know; here they are wrong. */
export function strictly(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strictly);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, strictly(value)]));
  const closed = 'properties' in copy && copy['type'] === 'object' && copy['x-kubernetes-preserve-unknown-fields'] !== true;
  return closed && !('additionalProperties' in copy) ? { ...copy, additionalProperties: false } : copy;
}

function judgeBy(compile: (key: string) => ValidateFunction | undefined): Judge {
  const compiled = new Map<string, ValidateFunction | undefined>();
  return (manifest) => {
    const key = `${manifest.apiVersion} ${manifest.kind}`;
    if (!compiled.has(key)) compiled.set(key, compile(key));
    const validate = compiled.get(key);
    if (!validate) return undefined;
    if (validate(manifest)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const extra = 'additionalProperty' in params ? ` (${String(params['additionalProperty'])})` : '';
      return `${instancePath || '/'} ${message ?? 'is wrong'}${extra}`;
    });
  };
}

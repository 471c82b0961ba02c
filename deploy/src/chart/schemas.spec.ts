import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Manifest } from './manifest.js';
import { definedKindsJudge, type Judge, strictly } from './schemas.js';

const DEFINITION = `
kind: CustomResourceDefinition
spec:
  group: example.com
  names: { kind: Lamp }
  versions:
    - name: v1
      schema:
        openAPIV3Schema:
          type: object
          required: [spec]
          properties:
            apiVersion: { type: string }
            kind: { type: string }
            metadata: { type: object }
            spec:
              type: object
              properties:
                colour: { type: string, pattern: '^(?i)(red|green)$' }
                extras: { type: object, x-kubernetes-preserve-unknown-fields: true, properties: { a: { type: string } } }
                labels: { type: object, additionalProperties: { type: string } }
`;

describe('a manifest of a kind that others define', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'baton-definitions-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let judge: Judge;
  beforeAll(async () => {
    writeFileSync(path.join(folder, 'lamps.yaml'), DEFINITION);
    judge = await definedKindsJudge([folder]);
  });
  const lamp = (rest: object): Manifest => ({ apiVersion: 'example.com/v1', kind: 'Lamp', metadata: { name: 'one' }, ...rest });

  it.each<[string, object]>([
    ['its fields', { spec: { colour: 'GREEN' } }],
    ['a field in a part that is open', { spec: { extras: { b: 1 } } }],
    ['any label', { spec: { labels: { b: 'c' } } }],
  ])('is right with %s', (_, rest) => {
    expect(judge(lamp(rest))).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['without what it must have', {}, "/ must have required property 'spec'"],
    ['with a field that there is not', { spec: { color: 'red' } }, '/spec must NOT have additional properties (color)'],
    ['with a value of another type', { spec: { labels: { a: 1 } } }, '/spec/labels/a must be string'],
    ['with a value that is not allowed', { spec: { colour: 'blue' } }, '/spec/colour must match pattern "^(?i)(red|green)$"'],
  ])('is wrong %s', (_, rest, problem) => {
    expect(judge(lamp(rest))).toEqual([problem]);
  });

  it('is not judged by who does not know its kind', () => {
    expect(judge({ ...lamp({}), kind: 'Candle' })).toBeUndefined();
  });

  it('closes nothing that is no object', () => {
    expect(strictly({ type: 'array', items: { type: 'string' } })).toEqual({ type: 'array', items: { type: 'string' } });
  });
});

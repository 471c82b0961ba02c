import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { OPERATIONS } from '@baton/control-api';
import { OPENAPI_FILE, openApiText } from './openapi-file.js';

describe('the OpenAPI document', () => {
  it('is committed as the operations say it: `npm run openapi` writes it anew', async () => {
    expect(await readFile(OPENAPI_FILE, 'utf8')).toBe(openApiText());
  });

  it('names each operation once', () => {
    expect(OPERATIONS.length).toBeGreaterThan(5);
    expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(OPERATIONS.length);
    expect(new Set(OPERATIONS.map(({ method, path }) => `${method} ${path}`)).size).toBe(OPERATIONS.length);
  });
});

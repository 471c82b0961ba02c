import { openApiDocument } from './openapi.js';

/** Where the committed document lies. */
export const OPENAPI_FILE = new URL('../../openapi.json', import.meta.url);

/** The document as it is committed. */
export const openApiText = (): string => `${JSON.stringify(openApiDocument(), null, 2)}\n`;

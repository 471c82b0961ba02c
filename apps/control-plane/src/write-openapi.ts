import { writeFile } from 'node:fs/promises';
import { OPENAPI_FILE, openApiText } from './api/openapi-file.js';

await writeFile(OPENAPI_FILE, openApiText());

import { fileURLToPath } from 'node:url';

/** Where the repository begins; ends with a slash. */
export const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/** Where images, chart, dashboards and rules lie; ends with a slash. */
export const DEPLOY = fileURLToPath(new URL('../', import.meta.url));

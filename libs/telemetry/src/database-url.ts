import { z } from 'zod';
import { troubleWithFile } from './readable-file.js';

/** What `pg` knows of libpq's: whatever else would be taken for verify-full without a word. */
const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];
const FILES = ['sslrootcert', 'sslcert', 'sslkey'];

/** The address of a Postgres; its TLS parameters are checked, and that their files can be read. */
export const databaseUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }).superRefine((url, context) => {
  const problem = tlsProblem(new URL(url).searchParams);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});

function tlsProblem(parameters: URLSearchParams): string | undefined {
  const mode = parameters.get('sslmode');
  if (mode !== null && !SSL_MODES.includes(mode)) return `sslmode must be one of ${SSL_MODES.join(', ')}`;
  for (const name of FILES) {
    const file = parameters.get(name);
    const trouble = file === null ? undefined : troubleWithFile(file);
    if (trouble !== undefined) return `${name}: ${trouble}`;
  }
  if (parameters.has('sslcert') !== parameters.has('sslkey')) return 'sslcert and sslkey go together, and one is missing';
  return undefined;
}

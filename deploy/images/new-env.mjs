/** `node deploy/images/new-env.mjs [file]`: writes `.env` for docker-compose.yml with new keys. Works on any Node, with nothing installed. */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const file = process.argv[2] ?? '.env';
const example = readFileSync(new URL('compose.env.example', import.meta.url), 'utf8');
const withKeys = example.replace(/^(\w*KEY\w*)=$/gm, (_, name) => `${name}=${randomBytes(32).toString('base64')}`);
try {
  writeFileSync(file, withKeys, { flag: 'wx', mode: 0o600 });
  console.log(`${file} is written: new keys, readable by you alone. Keep it: what is sealed with them opens with nothing else.`);
} catch (error) {
  const there = 'is there already. What was sealed with its keys opens with nothing else: move it away first, if you mean it.';
  console.error(error.code === 'EEXIST' ? `${file} ${there}` : `${file} cannot be written: ${error.message}`);
  process.exit(1);
}

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const TOPICS = fileURLToPath(new URL('../../../../libs/messaging/dist/cli/topics.js', import.meta.url));
/** A Kafka that is away is told by then (ms). */
const WITHIN_MS = 60_000;

interface Plan {
  readonly topics: readonly { readonly topic: string }[];
  readonly findings: readonly { readonly remedy: string; readonly topic: string }[];
}

/**
 * Holds the topics against what they should be, as `npm run topics -- plan` does with the same variables; returns how many there are and which differ.
 * @throws Error when one is missing or Kafka cannot be reached
 */
export async function lookAtTopics(env: NodeJS.ProcessEnv): Promise<{ readonly topics: number; readonly differ: readonly string[] }> {
  const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [TOPICS, 'plan', '--json'], { env, timeout: WITHIN_MS }, (_, out, err) =>
      resolve({ stdout: out, stderr: err }),
    );
  });
  if (stdout.trim() === '') throw new Error(stderr.trim() || `Kafka did not answer within ${WITHIN_MS / 1_000} s`);
  const { topics, findings } = JSON.parse(stdout) as Plan;
  const missing = findings.filter(({ remedy }) => remedy === 'create').map(({ topic }) => topic);
  if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')}; "topics apply" creates them`);
  if (topics.length === 0) throw new Error('there is not a single topic to look at');
  return { topics: topics.length, differ: [...new Set(findings.map(({ topic }) => topic))] };
}

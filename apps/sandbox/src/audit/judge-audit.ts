import { z } from 'zod';

export const LEVELS: readonly string[] = ['low', 'moderate', 'high', 'critical'];

const AuditSchema = z.object({
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string(), fixAvailable: z.unknown() })),
});
/** EX_UNAVAILABLE of sysexits.h. */
const NOBODY_ANSWERED = 69;

/** What the answer of the registry comes to: holes of this level and above end it with 1; silence is a failure only where it is `needed`. */
export function judgeAudit(
  output: string,
  level: string,
  needed: boolean,
): { readonly sentences: readonly string[]; readonly code: number } {
  const read = AuditSchema.safeParse(jsonOf(output));
  if (!read.success) {
    const sentence =
      'Nobody answered: the registry of this installation knows no holes, or cannot be reached. Nothing was looked up; run it where one answers.';
    return { sentences: [sentence], code: needed ? NOBODY_ANSWERED : 0 };
  }
  const all = Object.entries(read.data.vulnerabilities);
  const grave = all.filter(([, { severity }]) => LEVELS.indexOf(severity) >= LEVELS.indexOf(level));
  const lines = grave.map(
    ([name, { severity, range, fixAvailable }]) => `${severity}: ${name} ${range}${fixAvailable ? ', mended in a newer version' : ''}`,
  );
  return { sentences: [...lines, `${grave.length} of level ${level} and above, ${all.length} in all.`], code: grave.length > 0 ? 1 : 0 };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

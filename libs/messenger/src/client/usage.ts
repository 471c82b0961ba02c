import { z } from 'zod';
import type { Usage } from './requests.js';

/** From here on it is better to call less (per cent). */
const SLOW_DOWN_AT = 80;
const MINUTE = 60_000;
const MAX_WAIT = 24 * 60 * MINUTE;

const percent = z.number().nonnegative().catch(0);
const MeasuresSchema = z.looseObject({
  call_count: percent,
  total_time: percent,
  total_cputime: percent,
  /** Minutes. */
  estimated_time_to_regain_access: z.number().nonnegative().catch(0),
  type: z.string().optional().catch(undefined),
});
type Measures = z.output<typeof MeasuresSchema>;

/** Meta's view of how much we call, from an answer's headers: the fullest of its measures; none when it says nothing readable. */
export function readUsage(headers: Headers): Usage | undefined {
  const ofApp = parsed(z.array(MeasuresSchema), `[${headers.get('x-app-usage') ?? ''}]`);
  const ofPages = parsed(z.record(z.string(), z.array(MeasuresSchema)), headers.get('x-business-use-case-usage') ?? '{}');
  const measures = [
    ...(ofApp ?? []),
    ...Object.values(ofPages ?? {})
      .flat()
      .filter(isOfMessenger),
  ];
  if (measures.length === 0) return undefined;
  const fullest = Math.max(...measures.flatMap((one) => [one.call_count, one.total_time, one.total_cputime]));
  const waitMs = Math.min(Math.max(...measures.map((one) => one.estimated_time_to_regain_access * MINUTE)), MAX_WAIT);
  return { percent: fullest, waitMs, slowDown: fullest >= SLOW_DOWN_AT || waitMs > 0 };
}

/** A page has other uses, too, each with a limit of its own. */
function isOfMessenger({ type }: Measures): boolean {
  return type === undefined || type === 'messenger';
}

function parsed<Schema extends z.ZodType>(schema: Schema, json: string): z.output<Schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

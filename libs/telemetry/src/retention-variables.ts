import { z } from 'zod';

const days = (least: number, most: number, unlessSaid: number, description: string) =>
  z.coerce.number().int().min(least).max(most).default(unlessSaid).meta({ description });

/** For how many days services keep what they forget by age: each service reads its own, the check that they do reads all. */
export const retentionVariables = {
  JUDGED_DAYS: days(
    0,
    30,
    7,
    'whole days (UTC) for which everything that was judged is noted, so that `baton replay` can judge it again, default 7; 0 notes nothing. Records are read again from their topics: more days than those keep them help little',
  ),
  SESSION_DAYS: days(1, 3_650, 30, 'days after which a silent session of an inbox is forgotten with its words, default 30'),
  RECEIPT_DAYS: days(1, 3_650, 90, 'days that the receipts of answers are kept, default 90'),
  LOG_RETENTION_DAYS: z.coerce.number().int().min(0).default(400).meta({
    description: 'the lines of a conversation in which nobody spoke for so many days are deleted; 0 keeps them, default 400',
  }),
  DEAD_LETTER_DAYS: days(1, 365, 14, 'days that dead letters are kept with what they say, default 14'),
  AUDIT_DAYS: days(1, 3_650, 400, 'days that the audit log is kept, default 400'),
};

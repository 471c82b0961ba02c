import type { HandoverSettings } from '@baton/contracts';

/** Who answers a category: one of these operators, or whoever looks into this inbox. Neither: everybody. */
export interface Answerers {
  readonly operatorIds?: readonly string[] | undefined;
  readonly inboxId?: string | undefined;
}

/** Of a bot's category, the same whatever its case and the blanks around it. */
export function whoAnswers(handover: Pick<HandoverSettings, 'categories'>, category: string | null): Answerers {
  if (category === null) return {};
  const named = fold(category);
  return Object.entries(handover.categories).find(([name]) => fold(name) === named)?.[1] ?? {};
}

function fold(category: string): string {
  return category.normalize('NFC').trim().toLowerCase();
}

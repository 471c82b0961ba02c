import type { HookElement } from '../model.js';

/** The body of one request: what follows each other for one page goes into one entry. */
export function envelopeOf(elements: readonly HookElement[], time: number): Record<string, unknown> {
  const entries: { id: string; time: number; messaging?: unknown[]; standby?: unknown[] }[] = [];
  for (const element of elements) {
    const list = element.standby ? 'standby' : 'messaging';
    const last = entries.at(-1);
    if (last?.id === element.page_id && last[list]) last[list].push(element.body);
    else entries.push({ id: element.page_id, time, [list]: [element.body] });
  }
  return { object: 'page', entry: entries };
}

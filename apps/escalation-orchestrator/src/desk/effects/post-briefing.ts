import { masked } from '@baton/contracts';
import type { EffectKind } from '@baton/effects';
import type { DeskTask } from '../../judge/desk-plan.js';
import { readBriefing } from '../briefing/read-briefing.js';
import { renderBriefing } from '../briefing/render-briefing.js';
import { DeskRefusal, taskOf } from './desk-parts.js';
import type { DeskParts } from './desk-parts.js';
import { lookFor, post } from './post-message.js';

/** A website that has no private notes is left in peace for so long (ms). */
const NO_NOTES_FOR = 3_600_000;

/** What the agent should know at the beginning; where the plan of the website has no private notes, there is none. */
export function briefingKind(parts: DeskParts): EffectKind {
  const withoutNotes = new Map<string, number>();
  return {
    perform: async (effect, signal) => {
      const task = taskOf<'post-briefing'>(effect);
      const { websiteId } = task;
      if ((withoutNotes.get(websiteId) ?? 0) > parts.now()) return { refused: DeskRefusal.noNotes };
      const note = async (nickname: string) =>
        ({ type: 'note', from: 'operator', content: await textOf(parts, task), user: { nickname }, automated: true }) as const;
      const outcome = await post(parts, task, note, signal);
      if ('refused' in outcome && outcome.refused === DeskRefusal.noNotes) withoutNotes.set(websiteId, parts.now() + NO_NOTES_FOR);
      return outcome;
    },
    findOut: (effect, signal) => lookFor(parts, effect, signal),
  };
}

async function textOf(parts: DeskParts, task: DeskTask<'post-briefing'>): Promise<string> {
  const handover = parts.settings.bot(task.botId)?.handover;
  const now = parts.now();
  const [read, link] = await Promise.all([
    readBriefing(parts.dataSource, task),
    parts.links.linkFor(task, handover?.historyLinkDays ?? 30, now),
  ]);
  const { cause, reason, category, locale, since, hasBotNote } = task;
  const told = { cause, reason, category, locale, since, hasBotNote, commands: handover?.commands ?? false };
  const text = renderBriefing({ ...read, ...told, link, timeZone: handover?.hours?.timeZone }, now);
  return handover ? masked(text, handover.sharing.mask) : text;
}

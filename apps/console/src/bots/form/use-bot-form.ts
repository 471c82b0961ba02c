import { getBot } from '@baton/control-api';
import type { GivenBot, ShownBot } from '@baton/control-api';
import { useEffect, useState } from 'react';
import { queries } from '../../api/client.js';
import { fieldProblem, isChangedMeanwhile } from '../../api/problems.js';
import { useWorkspace } from '../../app/session.js';
import { tellSaved } from '../../kit/save-bar.js';
import { useBot, useSaveBot } from '../use-bot.js';
import { at, put } from './pointer.js';
import type { Pointer } from './pointer.js';
import { rebase, same } from './rebase.js';
import { wrongIn } from './wrong.js';

type Part = keyof GivenBot;

interface Draft {
  /** What was read when it began, or was put on top of last. */
  readonly read: ShownBot;
  readonly bot: GivenBot;
  /** What somebody else changed meanwhile, too. */
  readonly both: readonly string[];
  /** Somebody else saved since it began. */
  readonly rebased: boolean;
}

/** What was typed and not saved, by bot and part: whoever looks at another page and comes back finds it again. */
const kept = new Map<string, Draft>();

export interface BotForm {
  readonly draft: GivenBot;
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  readonly mayEdit: boolean;
  readonly error: unknown;
  /** How many fields are not right. */
  readonly wrong: number;
  readonly rebased: boolean;
  readonly both: readonly string[];
  at(pointer: Pointer): unknown;
  /** What is saved there. */
  saved(pointer: Pointer): unknown;
  set(pointer: Pointer, value: unknown): void;
  /** What is wrong at a place, found here or told by the API. */
  problemAt(pointer: Pointer): string | undefined;
  save(): void;
  takeBack(): void;
}

/**
 * A form over some parts of the page's bot. Only these parts are saved; what somebody else saves meanwhile is kept, and what was typed here
 * is put on top of it.
 */
export function useBotForm(...parts: readonly Part[]): BotForm {
  const { bot } = useBot();
  const { mayEdit } = useWorkspace();
  const { save, error, isSaving, reset } = useSaveBot();
  const name = [bot.workspaceId, bot.botId, ...parts].join(' ');
  const [state, setState] = useState<Draft>(() => kept.get(name) ?? fresh(bot));

  const pick = (of: GivenBot): Partial<GivenBot> => Object.fromEntries(parts.map((one) => [one, of[one]]));
  let draft = state;
  if (state.read !== bot) {
    const { value, both } = rebase(pick(state.read as GivenBot), pick(state.bot), pick(bot as GivenBot));
    const isSame = same(pick(state.read as GivenBot), pick(bot as GivenBot));
    draft = { read: bot, bot: { ...(bot as GivenBot), ...value }, both: isSame ? state.both : both, rebased: state.rebased || !isSame };
    if (same(pick(draft.bot), pick(bot as GivenBot))) draft = fresh(bot);
    setState(draft);
  }
  const isDirty = !same(pick(draft.bot), pick(bot as GivenBot));
  const keep = (next: Draft): void => {
    kept.set(name, next);
    setState(next);
  };
  const startAnew = (from: ShownBot): void => {
    kept.delete(name);
    reset();
    setState(fresh(from));
  };

  const isLate = isChangedMeanwhile(error);
  useEffect(() => {
    if (isLate) void queries.invalidateQueries({ queryKey: [getBot.id] });
  }, [isLate]);
  useEffect(() => {
    if (!isDirty) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isDirty]);

  const wrong = isDirty ? wrongIn({ ...bot, ...pick(draft.bot) }) : new Map<string, string>();
  return {
    ...{ draft: draft.bot, isDirty, isSaving, mayEdit, rebased: draft.rebased, both: draft.both, wrong: wrong.size },
    error: isLate ? undefined : error,
    at: (pointer) => at(draft.bot, pointer),
    saved: (pointer) => at(bot, pointer),
    set: (pointer, value) => keep({ ...draft, bot: put(draft.bot, pointer, value) }),
    problemAt: (pointer) => wrong.get(pointer) ?? fieldProblem(error, pointer),
    save: () =>
      save(pick(draft.bot), (saved) => {
        startAnew(saved.bot);
        tellSaved(saved);
      }),
    takeBack: () => startAnew(bot),
  };
}

function fresh(bot: ShownBot): Draft {
  return { read: bot, bot: bot as GivenBot, both: [], rebased: false };
}

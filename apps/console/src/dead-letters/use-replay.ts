import { getDeadLetter, listDeadLetters, replayDeadLetter, replayDeadLetters } from '@baton/control-api';
import { notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import { api, queries } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { wordsOf } from '../api/problems.js';
import { fateOf, FOLLOWED_MS, summaryOf } from './fate.js';
import type { Fate } from './fate.js';

const LOOK_EVERY_MS = 1_500;

interface Sent {
  readonly letterIds: readonly string[];
  readonly at: number;
}

/** Sends letters again and follows for some seconds what becomes of them. */
export function useReplay() {
  const { workspaceId } = useWorkspace();
  const [sent, setSent] = useState<Sent>();
  const [isSending, setSending] = useState(false);
  const [fate, setFate] = useState<Fate>();
  const [cameBackAs, setCameBackAs] = useState<string | null>(null);

  useEffect(() => {
    if (!sent) return;
    let stopped = false;
    const look = async () => {
      const letters = await Promise.all(
        sent.letterIds.map((letterId) => api.call(getDeadLetter, { params: { workspaceId, letterId } }).catch(() => undefined)),
      );
      if (stopped) return;
      const back = letters.filter((letter) => letter?.cameBackAs != null && Date.parse(letter.changedAt ?? '') >= sent.at - FOLLOWED_MS);
      const sinceMs = Date.now() - sent.at;
      setFate(fateOf({ sent: sent.letterIds.length, back: back.length, sinceMs }));
      setCameBackAs(back[0]?.cameBackAs ?? null);
      if (sinceMs >= FOLLOWED_MS || (sent.letterIds.length === 1 && back.length === 1)) {
        stopped = true;
        clearInterval(timer);
        await forget();
      }
    };
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    return () => {
      stopped = true;
      clearInterval(timer);
    };
  }, [sent, workspaceId]);

  async function send(letterIds: readonly string[], again = false): Promise<void> {
    setSending(true);
    setCameBackAs(null);
    try {
      const outcomes =
        letterIds.length === 1
          ? [await api.call(replayDeadLetter, { params: { workspaceId, letterId: letterIds[0]! }, body: { again } })]
          : (await api.call(replayDeadLetters, { params: { workspaceId }, body: { letterIds: [...letterIds] } })).items;
      const gone = outcomes.filter(({ outcome }) => outcome === 'replayed').map(({ letterId }) => letterId);
      if (gone.length < outcomes.length)
        notifications.show({ color: 'yellow', title: 'Not all was sent again', message: `${summaryOf(outcomes)}.` });
      if (gone.length > 0) {
        setFate(fateOf({ sent: gone.length, back: 0, sinceMs: 0 }));
        setSent({ letterIds: gone, at: Date.now() });
      }
    } catch (error) {
      const { title, detail } = wordsOf(error);
      notifications.show({ color: 'red', title, message: detail });
    } finally {
      setSending(false);
      await forget();
    }
  }

  return { send, isSending, fate, cameBackAs, isFollowing: fate?.tone === 'waiting', forgetFate: () => setFate(undefined) };
}

const forget = async (): Promise<void> => {
  await Promise.all([listDeadLetters, getDeadLetter].map(({ id }) => queries.invalidateQueries({ queryKey: [id] })));
};

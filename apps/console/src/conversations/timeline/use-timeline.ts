import { getTimeline } from '@baton/control-api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, keyOf, queries } from '../../api/client.js';
import { follow, withOlder } from './follow.js';
import type { Followed } from './follow.js';

/** What happens is on the screen so soon after it, at the latest (ms), and what the services and Kafka need. */
const LOOK_EVERY_MS = 1_200;

/** The timeline of a conversation, followed while the page is looked at: only what is new or changed comes over. */
export function useTimeline(workspaceId: string, conversationId: string) {
  const params = { workspaceId, conversationId };
  const key = keyOf(getTimeline, { params });
  const [isReading, setIsReading] = useState(false);
  const read = useQuery<Followed>({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const cursor = queries.getQueryData<Followed>(key)?.cursor;
      const heard = await api.call(getTimeline, { params, ...(cursor && { query: { after: cursor } }) }, { signal });
      // What was read of older parts meanwhile stays.
      return follow(queries.getQueryData<Followed>(key), heard);
    },
    refetchInterval: LOOK_EVERY_MS,
    staleTime: 0,
    gcTime: 60_000,
  });
  const older = read.data?.older;
  const readOlder = async (): Promise<void> => {
    if (!older) return;
    setIsReading(true);
    try {
      const part = await api.call(getTimeline, { params, query: { before: Number(older) } });
      queries.setQueryData<Followed>(key, (now) => now && withOlder(now, part));
    } finally {
      setIsReading(false);
    }
  };
  return { ...read, readOlder, isReadingOlder: isReading };
}

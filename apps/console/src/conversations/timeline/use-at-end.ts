import { useEffect, useRef, useState } from 'react';

/** Whether the end of what is shown is in sight; who is there stays there when more comes. */
export function useAtEnd(lastId: string | undefined) {
  const end = useRef<HTMLDivElement>(null);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const wasAtEnd = useRef(false);
  const seen = useRef<string>(undefined);
  const isThere = lastId !== undefined;

  useEffect(() => {
    const place = end.current;
    if (!place) return undefined;
    const observer = new IntersectionObserver(([one]) => {
      wasAtEnd.current = one?.isIntersecting ?? true;
      setIsAtEnd(wasAtEnd.current);
    });
    observer.observe(place);
    return () => observer.disconnect();
  }, [isThere]);

  useEffect(() => {
    const isFirst = seen.current === undefined;
    seen.current = lastId;
    if (!isFirst && wasAtEnd.current) end.current?.scrollIntoView({ block: 'end' });
  }, [lastId]);

  return { end, isAtEnd, toEnd: () => end.current?.scrollIntoView({ block: 'end', behavior: 'smooth' }) };
}

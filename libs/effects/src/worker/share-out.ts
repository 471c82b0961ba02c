/**
 * Shares free places out to targets, none more than it can take: one each in turn, so that a busy target never takes the
 * last place from a quiet one.
 */
export function shareOut(free: number, targets: readonly string[], roomOf: (target: string) => number): Map<string, number> {
  const shares = new Map<string, number>();
  let open = targets.map((target) => ({ target, room: roomOf(target) })).filter(({ room }) => room >= 1);
  let left = free;
  while (left >= 1 && open.length > 0) {
    const each = Math.max(1, Math.floor(left / open.length));
    for (const one of open) {
      const share = Math.min(each, Math.floor(Math.min(one.room, left)));
      if (share < 1) break;
      shares.set(one.target, (shares.get(one.target) ?? 0) + share);
      one.room -= share;
      left -= share;
    }
    open = open.filter(({ room }) => room >= 1);
  }
  return shares;
}

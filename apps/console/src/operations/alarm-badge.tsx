import { Badge } from '@mantine/core';
import { useAlarmCount } from './use-alarm-count.js';

/** The number of open alarms, beside a word of the navigation; nothing while there is none. */
export function AlarmBadge() {
  const count = useAlarmCount();
  const total = (count?.critical ?? 0) + (count?.warning ?? 0);
  if (!count || total === 0) return null;
  return (
    <Badge
      size="sm"
      variant="filled"
      color={count.critical > 0 ? 'red.8' : 'gray.7'}
      autoContrast
      aria-label={total === 1 ? '1 open alarm' : `${total} open alarms`}
    >
      {total}
    </Badge>
  );
}

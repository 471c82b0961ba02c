import type { Usage, UsageOfMonth } from '@baton/control-api';

/** A day of a chart: the answers of each bot, by its id. */
export type DayPoint = { readonly day: string } & Readonly<Record<string, string | number>>;

/** The days of a month up to today, each with the answers of every bot that gave any in it. @param today `2026-01-05`, UTC */
export function daysOfMonth(
  days: Usage['days'],
  period: string,
  today: string,
): { readonly points: DayPoint[]; readonly botIds: string[] } {
  const ofMonth = days.filter(({ day }) => day.startsWith(period));
  const botIds = [...new Set(ofMonth.map(({ botId }) => botId))].sort();
  const last = today.startsWith(period) ? Number(today.slice(8)) : daysIn(period);
  const points = Array.from({ length: last }, (_, index): DayPoint => {
    const day = `${period}-${String(index + 1).padStart(2, '0')}`;
    const answers = botIds.map((botId) => [botId, ofMonth.find((one) => one.day === day && one.botId === botId)?.answers ?? 0]);
    return { day, ...Object.fromEntries(answers) };
  });
  return { points, botIds };
}

function daysIn(period: string): number {
  const [year, month] = period.split('-').map(Number);
  return new Date(Date.UTC(year!, month!, 0)).getUTCDate();
}

const MONTH = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const DAY = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', timeZone: 'UTC' });

/** "November 2026". */
export const monthWords = (period: string): string => MONTH.format(new Date(`${period}-01T00:00:00Z`));
/** "November 5". */
export const dayWords = (day: string): string => DAY.format(new Date(`${day}T00:00:00Z`));

/** What a month's answers were given by, and where: the most first. */
export function shares({
  bots,
}: Pick<UsageOfMonth, 'bots'>): { botId: string; inbox: number; webchat: number; messenger: number; all: number }[] {
  return bots
    .map(({ botId, inbox, webchat, messenger }) => ({ botId, inbox, webchat, messenger, all: inbox + webchat + messenger }))
    .sort((a, b) => b.all - a.all || (a.botId < b.botId ? -1 : 1));
}

/** How the month stands, in a sentence. */
export function standWords({ state, limit, months, forecast }: Pick<Usage, 'state' | 'limit' | 'months' | 'forecast'>): string {
  const used = months[0]?.used ?? 0;
  const left = limit === null ? 0 : Math.max(0, limit - used);
  switch (state) {
    case 'unlimited':
      return 'There is no limit on the answers of a month.';
    case 'ended':
      return 'The plan of this month is used up: visitors are handed to your agents, or told so, as each bot is set.';
    case 'near':
    case 'fine': {
      const ends = forecast?.endsOn;
      const leads = forecast ? (ends ? `, and as it goes on it is used up on ${dayWords(ends)}` : ', and as it goes on it will do') : '';
      return `${left.toLocaleString('en')} answers are left this month${leads}.`;
    }
  }
}

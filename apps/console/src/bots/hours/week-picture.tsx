import { Text, VisuallyHidden } from '@mantine/core';
import type { BusinessHours } from '@baton/contracts';
import { barsOf, spansInWords, WEEK } from './week.js';

const HOURS = ['00', '06', '12', '18', '24'];

/** The week as bars; to those who do not see it, a table of hours. */
export function WeekPicture({ hours }: { readonly hours: BusinessHours }) {
  return (
    <table style={{ width: '100%', borderCollapse: 'collapse' }}>
      <caption style={{ textAlign: 'start', paddingBottom: 8 }}>
        <Text size="sm" fw={600} span>
          The week at a glance
        </Text>
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <VisuallyHidden>Day</VisuallyHidden>
          </th>
          <th scope="col" style={{ fontWeight: 'inherit' }}>
            <VisuallyHidden>Open</VisuallyHidden>
            <div
              aria-hidden
              style={{ display: 'flex', justifyContent: 'space-between', fontSize: 11, color: 'var(--mantine-color-dimmed)' }}
            >
              {HOURS.map((hour) => (
                <span key={hour}>{hour}</span>
              ))}
            </div>
          </th>
        </tr>
      </thead>
      <tbody>
        {WEEK.map(({ day, name }) => (
          <tr key={day}>
            <th scope="row" style={{ width: 40, textAlign: 'start', fontWeight: 'inherit', fontSize: 13 }}>
              <span aria-hidden>{name.slice(0, 3)}</span>
              <VisuallyHidden>{name}</VisuallyHidden>
            </th>
            <td style={{ padding: '4px 0' }}>
              <VisuallyHidden>{spansInWords(hours.weekly[day])}</VisuallyHidden>
              <div
                aria-hidden
                title={spansInWords(hours.weekly[day])}
                style={{
                  position: 'relative',
                  height: 18,
                  borderRadius: 6,
                  overflow: 'hidden',
                  background: 'var(--mantine-color-default-hover)',
                  border: '1px solid var(--mantine-color-default-border)',
                }}
              >
                {barsOf(hours.weekly[day]).map(({ from, width }, nth) => (
                  <span
                    key={nth}
                    style={{
                      position: 'absolute',
                      insetBlock: 0,
                      left: `${from * 100}%`,
                      width: `${width * 100}%`,
                      background: 'var(--mantine-primary-color-filled)',
                    }}
                  />
                ))}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

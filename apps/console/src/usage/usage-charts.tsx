import { BarChart } from '@mantine/charts';
import { dayWords } from './series.js';
import { botChoices } from '../kit/bot-choices.js';
import type { DayPoint } from './series.js';

const COLORS = ['indigo.6', 'teal.6', 'grape.6', 'orange.6', 'cyan.6', 'pink.6', 'lime.7', 'gray.6'];

/** The answers of each day, one above the other by bot. Numbers for who cannot see it stand in a table beside it. */
export default function DailyAnswers({
  points,
  bots,
}: {
  readonly points: readonly DayPoint[];
  readonly bots: readonly { readonly botId: string; readonly name: string }[];
}) {
  return (
    <div aria-hidden>
      <BarChart
        h={260}
        data={points.map((point) => ({ ...point, day: dayWords(point.day) }))}
        dataKey="day"
        type="stacked"
        withLegend={bots.length > 1}
        legendProps={{ verticalAlign: 'bottom' }}
        tickLine="y"
        gridAxis="x"
        barChartProps={{ accessibilityLayer: false }}
        barProps={{ isAnimationActive: false, maxBarSize: 28 }}
        yAxisProps={{ allowDecimals: false, width: 44 }}
        xAxisProps={{ interval: 'preserveStartEnd', minTickGap: 24 }}
        series={botChoices(bots).map(({ value, label }, at) => ({ name: value, label, color: COLORS[at % COLORS.length]! }))}
      />
    </div>
  );
}

import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { useId } from 'react';
import { count } from '@/lib/format';
import classes from './compared-bars.module.css';

interface ComparedBarsProps {
  rows: { name: string; active: number; draft: number }[];
  label: string;
}

const BAR = 15;
const ROW = 2 * BAR + 16;
const SERIES = [
  { name: 'active', label: 'In force', color: 'gray.6' },
  { name: 'draft', label: 'Draft', color: 'indigo.5' },
];

/** Two bars a row: what is in force is hatched, the draft is full, and each carries its number. */
export function ComparedBars({ rows, label }: ComparedBarsProps) {
  const hatch = useId().replaceAll(':', '');
  return (
    <div role="img" aria-label={`${label}: ${rows.map(inWords).join('; ')}`}>
      <div className={classes.legend} aria-hidden>
        <span>
          <i className={classes.hatched} /> In force
        </span>
        <span>
          <i className={classes.full} /> Draft
        </span>
      </div>
      <BarChart
        aria-hidden
        accessibilityLayer={false}
        h={rows.length * ROW + 16}
        data={rows}
        dataKey="name"
        orientation="vertical"
        series={SERIES}
        withXAxis={false}
        gridAxis="none"
        tickLine="none"
        textColor="var(--mantine-color-dimmed)"
        withBarValueLabel
        valueFormatter={count}
        barProps={(series) => ({
          barSize: BAR,
          isAnimationActive: false,
          radius: 2,
          ...(series.name === 'active' && { fill: `url(#${hatch})`, stroke: 'var(--rota-bar-line)' }),
        })}
        barChartProps={{ barGap: 2, margin: { right: 44, left: 4 } }}
        yAxisProps={{ width: 140, interval: 0, tick: { fontSize: 12 } }}
        tooltipAnimationDuration={0}
      >
        <defs>
          <pattern
            id={hatch}
            width="5"
            height="5"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <line x1="0" y1="0" x2="0" y2="5" stroke="var(--rota-bar-line)" strokeWidth="3" />
          </pattern>
        </defs>
      </BarChart>
    </div>
  );
}

const inWords = ({ name, active, draft }: ComparedBarsProps['rows'][number]) =>
  `${name} ${active} in force, ${draft} in the draft`;

import { Select } from '@mantine/core';
import { Fragment, useState } from 'react';
import type { HeatCellDto } from '@/lib/api/schema';
import { count } from '@/lib/format';
import { type ReportSearch, reportQuery } from '@/lib/report-search';
import { percent } from '../amounts';
import { ReportCard } from '../card/report-card';
import { Grid } from '../charts/grid';
import { DrillLink, useDrill } from '../drill';
import { useReport } from '../use-report';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const hourName = (hour: number): string => `${hour % 12 === 0 ? 12 : hour % 12} ${hour < 12 ? 'am' : 'pm'}`;

type Shown = 'activities' | 'connected' | 'rate';

/** @param day 0 is Monday */
const cellOf = (day: number, hour: number, shown: Shown) => ({
  report: 'heat-map',
  cell: `${day + 1}-${hour}${shown === 'connected' ? ':connected' : ''}`,
});

/** @param day 0 is Monday */
const at = (cells: readonly HeatCellDto[], day: number, hour: number) =>
  cells.find((each) => each.weekday === day + 1 && each.hour === hour);

/** When work is done, and when somebody answers. */
export function HeatMapCard({ search }: { search: ReportSearch }) {
  const [shown, setShown] = useState<Shown>('activities');
  const report = useReport('/api/v1/analytics/heat-map', search);
  const drill = useDrill(search);
  const isCompared = search.compare !== 'off';
  return (
    <ReportCard
      title="When the work is done"
      about={`By hour and weekday${report.data ? `, ${report.data.time_zone}` : ''}${isCompared ? '; dashed: as many days before' : ''}`}
      report={report}
      path="/api/v1/analytics/heat-map"
      query={reportQuery(search)}
      isWide
      choice={
        <Select
          size="xs"
          w={210}
          aria-label="What is shown"
          data={[
            { value: 'activities', label: 'Activities' },
            { value: 'connected', label: 'Calls that were answered' },
            { value: 'rate', label: 'Answered of activities' },
          ]}
          value={shown}
          allowDeselect={false}
          onChange={(value) => setShown((value ?? 'activities') as Shown)}
        />
      }
      isEmpty={({ cells }) => cells.every(({ activities }) => activities === 0)}
      chart={({ cells, previous }) => {
        const amountOf = ({ activities, connected }: (typeof cells)[number]) =>
          shown === 'rate'
            ? activities === 0
              ? 0
              : connected / activities
            : shown === 'connected'
              ? connected
              : activities;
        const before = isCompared ? previous.cells : [];
        const most = Math.max(...[...cells, ...before].map(amountOf), 0);
        return (
          <Grid
            label="Activities by hour and weekday"
            drill={drill}
            columns={HOURS.map(hourName)}
            rows={DAYS.map((name, day) => ({
              key: name,
              label: name,
              cells: HOURS.map((hour) => {
                const cell = at(cells, day, hour);
                const then = at(before, day, hour);
                const value = cell ? amountOf(cell) : 0;
                const text =
                  value === 0 ? '' : shown === 'rate' ? percent(value).replace(' ', '') : count(value);
                return {
                  strength: most === 0 ? 0 : value / most,
                  text,
                  title: `${name} ${hourName(hour)}: ${count(cell?.activities ?? 0)} activities, ${count(cell?.connected ?? 0)} answered calls${then ? `; before: ${count(then.activities)} and ${count(then.connected)}` : ''}`,
                  ...(then && most > 0 && { before: amountOf(then) / most }),
                  cell: cellOf(day, hour, shown),
                };
              }),
            }))}
          />
        );
      }}
      table={({ cells, previous }) => ({
        head: [isCompared ? 'Hour (before)' : 'Hour', ...DAYS],
        rows: HOURS.map((hour) => [
          hourName(hour),
          ...DAYS.map((name, day) => {
            const cell = at(cells, day, hour);
            const amount = (shown === 'connected' ? cell?.connected : cell?.activities) ?? 0;
            const then = at(previous.cells, day, hour);
            const before = isCompared
              ? ` (${count((shown === 'connected' ? then?.connected : then?.activities) ?? 0)})`
              : '';
            if (amount === 0) return `0${before}`;
            return (
              <Fragment key={name}>
                <DrillLink drill={drill} cell={cellOf(day, hour, shown)}>
                  {count(amount)}
                </DrillLink>
                {before}
              </Fragment>
            );
          }),
        ]),
      })}
    />
  );
}

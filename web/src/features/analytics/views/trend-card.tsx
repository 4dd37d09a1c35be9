import '@mantine/charts/styles.css';
import { LineChart } from '@mantine/charts';
import { Group, Select } from '@mantine/core';
import { useState } from 'react';
import type { TrendPointDto, TrendsResponse } from '@/lib/api/schema';
import { day } from '@/lib/days';
import { count } from '@/lib/format';
import { daysOf, type ReportSearch, reportQuery } from '@/lib/report-search';
import { dollars, percent, span } from '../amounts';
import { ReportCard } from '../card/report-card';
import { DrillLink, useDrill } from '../drill';
import { useReport } from '../use-report';
import { isNothing } from './nothing';

const MEASURES = {
  won: { label: 'Deals won', text: count },
  activities: { label: 'Activities', text: count },
  arrived: { label: 'Leads arrived', text: count },
  first_contacts: { label: 'First contacts', text: count },
  win_rate: { label: 'Win rate', text: (share: number) => percent(share) },
  deal_value: { label: 'Deal value', text: dollars },
  speed_to_lead_minutes: { label: 'Speed to lead', text: span },
} as const;
type Measure = keyof typeof MEASURES;
type Interval = TrendsResponse['interval'];

/** Pixels. */
const CHART_HEIGHT = 240;

const DRILLED: readonly Measure[] = ['won', 'activities', 'arrived', 'first_contacts'];

/** Short spans by day, long ones by month. */
function intervalFor(search: ReportSearch): string {
  const { from, to } = daysOf(search);
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return days <= 31 ? 'day' : days <= 200 ? 'week' : 'month';
}

/** A measure over time; a dashed line is the same before. */
export function TrendCard({ search }: { search: ReportSearch }) {
  const [measure, setMeasure] = useState<Measure>('activities');
  const [chosen, setChosen] = useState<string | null>(null);
  const interval = chosen ?? intervalFor(search);
  const query = { ...reportQuery(search), interval };
  const report = useReport('/api/v1/analytics/trends', search, { interval });
  const { label, text } = MEASURES[measure];
  const isCompared = search.compare !== 'off';
  const amountOf = (point: TrendPointDto | undefined) => (point ? point[measure] : null);
  return (
    <ReportCard
      title="Over time"
      about={`${label} by ${interval}${isCompared ? '; dashed: as long before' : ''}`}
      report={report}
      path="/api/v1/analytics/trends"
      query={query}
      isWide
      least={CHART_HEIGHT}
      choice={
        <Group gap="xs">
          <Select
            size="xs"
            w={150}
            aria-label="Measure"
            data={Object.entries(MEASURES).map(([value, each]) => ({ value, label: each.label }))}
            value={measure}
            allowDeselect={false}
            onChange={(value) => setMeasure((value ?? 'activities') as Measure)}
          />
          <Select
            size="xs"
            w={110}
            aria-label="Interval"
            data={(['day', 'week', 'month', 'quarter'] satisfies Interval[]).map((value) => ({
              value,
              label: `By ${value}`,
            }))}
            value={interval}
            allowDeselect={false}
            onChange={setChosen}
          />
        </Group>
      }
      isEmpty={({ points, previous_points }) => isNothing([...points, ...previous_points])}
      chart={({ points, previous_points }) => (
        <LineChart
          h={CHART_HEIGHT}
          data={points.map((point, place) => ({
            day: day(point.starts_on),
            [label]: amountOf(point),
            Before: amountOf(previous_points[place]),
          }))}
          dataKey="day"
          series={[
            { name: label, color: 'indigo.6' },
            ...(isCompared ? [{ name: 'Before', color: 'gray.6', strokeDasharray: '5 4' }] : []),
          ]}
          curveType="linear"
          withDots={points.length <= 40}
          valueFormatter={text}
          connectNulls={false}
          lineChartProps={
            { accessibilityLayer: false, role: 'img', 'aria-label': `${label} over time` } as object
          }
          lineProps={{ isAnimationActive: false }}
        />
      )}
      table={({ points, previous_points }) => ({
        head: ['From', label, ...(isCompared ? ['As long before'] : [])],
        rows: points.map((point, place) => {
          const value = amountOf(point);
          const shown = value === null ? '–' : text(value);
          const last = points[place + 1]?.starts_on;
          const days = {
            range: 'custom' as const,
            from: point.starts_on,
            to: last ? dayBefore(last) : daysOf(search).to,
          };
          const before = amountOf(previous_points[place]);
          return [
            day(point.starts_on),
            DRILLED.includes(measure) && value ? (
              <Point key="value" search={{ ...search, ...days }} cell={measure} text={shown} />
            ) : (
              shown
            ),
            ...(isCompared ? [before === null ? '–' : text(before)] : []),
          ];
        }),
      })}
    />
  );
}

/** An interval's count, which opens into the leads of its days. */
function Point({ search, cell, text }: { search: ReportSearch; cell: string; text: string }) {
  const drill = useDrill(search);
  return (
    <DrillLink drill={drill} cell={{ report: 'totals', cell }}>
      {text}
    </DrillLink>
  );
}

function dayBefore(date: string): string {
  return new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
}

import type { SourceQualityDto } from '@/lib/api/schema';
import { count, words } from '@/lib/format';
import { type ReportSearch, reportQuery } from '@/lib/report-search';
import { percent } from '../amounts';
import { ReportCard } from '../card/report-card';
import { Grid } from '../charts/grid';
import { DrillLink, useDrill } from '../drill';
import { useReport } from '../use-report';

const SHARES = ['with_phone', 'with_npi', 'with_address', 'recycled'] as const;
const NAMES = {
  with_phone: 'Phone',
  with_npi: 'NPI',
  with_address: 'Address',
  recycled: 'Recycled',
} as const;

const of = (sources: readonly SourceQualityDto[], name: string) =>
  sources.find(({ source }) => source === name);

/** How complete the leads of each source are. */
export function SourcesCard({ search }: { search: ReportSearch }) {
  const report = useReport('/api/v1/analytics/sources', search);
  const drill = useDrill(search);
  const isCompared = search.compare !== 'off';
  return (
    <ReportCard
      title="Data quality by source"
      about={`Share of the leads that arrived which have a phone, NPI and address, and which came back to the pool${isCompared ? '; dashed: of those of the days before' : ''}`}
      report={report}
      path="/api/v1/analytics/sources"
      query={reportQuery(search)}
      isWide
      isEmpty={({ sources }) => sources.length === 0}
      chart={({ sources, previous }) => (
        <Grid
          label="Data quality by source"
          drill={drill}
          left={170}
          rowHeight={34}
          columns={SHARES.map((share) => NAMES[share])}
          rows={sources.map((source) => ({
            key: source.source,
            label: `${words(source.source)} · ${count(source.leads)}`,
            cells: SHARES.map((share) => ({
              strength: source[share],
              text: percent(source[share]),
              title: `${words(source.source)}: ${percent(source[share])} ${words(share).toLowerCase()}${isCompared ? `; before: ${percent(of(previous.sources, source.source)?.[share] ?? null)}` : ''}`,
              ...(isCompared && { before: of(previous.sources, source.source)?.[share] ?? 0 }),
              cell: { report: 'sources', cell: `${source.source}:${share}` },
            })),
          }))}
        />
      )}
      table={({ sources, previous }) => ({
        head: [
          'Source',
          'Leads',
          ...SHARES.map((share) => NAMES[share]),
          'Win rate once recycled',
          ...(isCompared ? ['Leads before', ...SHARES.map((share) => `${NAMES[share]} before`)] : []),
        ],
        rows: sources.map((source) => [
          words(source.source),
          <DrillLink key="leads" drill={drill} cell={{ report: 'sources', cell: source.source }}>
            {count(source.leads)}
          </DrillLink>,
          ...SHARES.map((share) => percent(source[share], 1)),
          percent(source.recycled_win_rate, 1),
          ...(isCompared
            ? [
                count(of(previous.sources, source.source)?.leads ?? 0),
                ...SHARES.map((share) => percent(of(previous.sources, source.source)?.[share] ?? null, 1)),
              ]
            : []),
        ]),
      })}
    />
  );
}

import { Change, Figure, Figures } from '@/components/figures';
import { ErrorState } from '@/components/states';
import { count } from '@/lib/format';
import type { ReportSearch } from '@/lib/report-search';
import { dollars, percent, span } from '../amounts';
import { DrillLink, useDrill } from '../drill';
import { useReport } from '../use-report';

/** What was done and won, against as many days before; each number opens into its leads. */
export function Totals({ search }: { search: ReportSearch }) {
  const report = useReport('/api/v1/analytics/totals', search);
  const drill = useDrill(search);
  if (report.isError) return <ErrorState error={report.error} onRetry={() => void report.refetch()} />;
  const now = report.data?.totals;
  const before = search.compare === 'off' ? undefined : report.data?.previous;
  // The place of what it was before is kept free while it loads.
  const awaited = search.compare === 'off' ? undefined : '\u00a0';
  const counts = [
    ['Leads arrived', 'arrived'],
    ['First contacts', 'first_contacts'],
    ['Activities', 'activities'],
    ['Deals won', 'won'],
  ] as const;
  return (
    <Figures label="Totals">
      {counts.map(([label, name]) => (
        <Figure
          key={name}
          label={label}
          value={
            now ? (
              <DrillLink
                drill={drill}
                cell={{ report: 'totals', cell: name }}
                label={`${label}: ${count(now[name])}. Show the leads`}
              >
                {count(now[name])}
              </DrillLink>
            ) : (
              '–'
            )
          }
          note={
            now && before ? (
              <Beside now={now[name]} before={before[name]} text={count(before[name])} />
            ) : (
              awaited
            )
          }
        />
      ))}
      <Figure
        label="Win rate"
        value={percent(now?.win_rate ?? null)}
        note={
          now && before ? (
            <Beside now={now.win_rate} before={before.win_rate} text={percent(before.win_rate)} />
          ) : (
            awaited
          )
        }
      />
      <Figure
        label="Deal value"
        value={dollars(now?.deal_value ?? null)}
        note={
          now && before ? (
            <Beside now={now.deal_value} before={before.deal_value} text={dollars(before.deal_value)} />
          ) : (
            awaited
          )
        }
      />
      <Figure
        label="Speed to lead, mean"
        value={span(now?.speed_to_lead_minutes ?? null)}
        note={
          now && before ? (
            <Beside
              now={now.speed_to_lead_minutes}
              before={before.speed_to_lead_minutes}
              text={span(before.speed_to_lead_minutes)}
              isLessBetter
            />
          ) : (
            awaited
          )
        }
      />
    </Figures>
  );
}

interface BesideProps {
  now: number | null;
  before: number | null;
  text: string;
  isLessBetter?: boolean;
}

function Beside({ now, before, text, isLessBetter }: BesideProps) {
  if (before === null) return 'None before';
  // Of nothing there is no share.
  if (before === 0) return now === 0 ? 'None before either' : `was ${text}`;
  return (
    <>
      <Change now={now} before={before} isLessBetter={isLessBetter} /> was {text}
    </>
  );
}

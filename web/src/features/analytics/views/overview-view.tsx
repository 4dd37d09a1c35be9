import type { ReportSearch } from '@/lib/report-search';
import { ForecastCard } from './forecast-card';
import { FunnelCard } from './funnel-card';
import { Totals } from './totals';
import { TrendCard } from './trend-card';
import classes from './views.module.css';

export function OverviewView({ search }: { search: ReportSearch }) {
  return (
    <div className={classes.stack}>
      <Totals search={search} />
      <div className={classes.grid}>
        <TrendCard search={search} />
        <FunnelCard search={search} />
        <ForecastCard search={search} />
      </div>
    </div>
  );
}

import type { ReportSearch } from '@/lib/report-search';
import { CohortsCard } from './cohorts-card';
import { FunnelCard } from './funnel-card';
import classes from './views.module.css';
import { WinRatesCard } from './win-rates-card';

export function ConversionView({ search }: { search: ReportSearch }) {
  return (
    <div className={classes.grid}>
      <FunnelCard search={search} />
      <WinRatesCard search={search} />
      <CohortsCard search={search} />
    </div>
  );
}

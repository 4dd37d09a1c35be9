import type { ReportSearch } from '@/lib/report-search';
import { HeatMapCard } from './heat-map-card';
import { SpeedCard } from './speed-card';
import { SpeedWinsCard } from './speed-wins-card';
import classes from './views.module.css';

export function ResponseView({ search }: { search: ReportSearch }) {
  return (
    <div className={classes.grid}>
      <SpeedCard search={search} />
      <SpeedWinsCard search={search} />
      <HeatMapCard search={search} />
    </div>
  );
}

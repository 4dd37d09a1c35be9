import type { ReportSearch } from '@/lib/report-search';
import { AgesCard } from './ages-card';
import { ForecastCard } from './forecast-card';
import { StuckCard } from './stuck-card';
import classes from './views.module.css';

export function PipelineView({ search }: { search: ReportSearch }) {
  return (
    <div className={classes.grid}>
      <ForecastCard search={search} />
      <AgesCard search={search} />
      <StuckCard search={search} />
    </div>
  );
}

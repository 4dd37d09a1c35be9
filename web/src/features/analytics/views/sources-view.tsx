import type { ReportSearch } from '@/lib/report-search';
import { RecyclingCard } from './recycling-card';
import { SourcesCard } from './sources-card';
import classes from './views.module.css';

export function SourcesView({ search }: { search: ReportSearch }) {
  return (
    <div className={classes.grid}>
      <RecyclingCard search={search} />
      <SourcesCard search={search} />
    </div>
  );
}

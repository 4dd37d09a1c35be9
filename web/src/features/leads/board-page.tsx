import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { PageHeader } from '@/components/page-header';
import type { LeadResponse } from '@/lib/api/schema';
import { askedAt, isActive, type LeadStatus, STATUSES } from '@/lib/domain';
import { words } from '@/lib/format';
import type { LeadSearch } from '@/lib/lead-search';
import { useChangeStatus } from './api/use-lead-actions';
import classes from './board/board.module.css';
import { BoardColumn } from './board/board-column';
import { useBoardKeys } from './board/use-board-keys';
import { useColumnSums } from './board/use-column-sums';
import { FilterBar } from './filters/filter-bar';
import { StatusDialog } from './lead/status-dialog';
import { lastSearch } from './neighbours';

const route = getRouteApi('/board');

/** Leads by status. A card is dragged, or moved with Alt and an arrow. */
export function BoardPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  lastSearch.set(search);
  const change = useChangeStatus();
  const [asked, setAsked] = useState<{ lead: LeadResponse; status: LeadStatus } | null>(null);
  const [said, setSaid] = useState('');
  const shown = search.status?.split(',') ?? [];
  const statuses = STATUSES.filter((status) =>
    shown.length > 0 ? shown.includes(status) : search.show_all === 'true' || isActive(status),
  );

  const move = (lead: LeadResponse, status: LeadStatus) => {
    if (lead.status === status) return;
    if (askedAt(lead.status, status)) return setAsked({ lead, status });
    setSaid(`${lead.practice_name ?? `Lead ${lead.id}`} moved to ${words(status)}`);
    change.mutate({ lead, status });
  };
  const keys = useBoardKeys(statuses, move);
  const sums = useColumnSums(search);
  return (
    <div className={classes.page}>
      <PageHeader title="Board" />
      <FilterBar
        search={search}
        onChange={(next: LeadSearch) => void navigate({ search: next, replace: true })}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys act on the card that has the focus */}
      <div className={classes.columns} onKeyDown={keys}>
        {statuses.map((status) => (
          <BoardColumn
            key={status}
            status={status}
            search={search}
            sum={sums(status)}
            onDrop={move}
            statuses={statuses}
          />
        ))}
      </div>
      <div role="status" className={classes.hiddenText}>
        {said}
      </div>
      {asked && (
        <StatusDialog
          from={asked.lead.status}
          to={asked.status}
          onCancel={() => setAsked(null)}
          onDone={(answer) => {
            setAsked(null);
            change.mutate({ ...asked, ...answer });
          }}
        />
      )}
    </div>
  );
}

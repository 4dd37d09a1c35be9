import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { PageHeader } from '@/components/page-header';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import type { LeadResponse } from '@/lib/api/schema';
import { useCurrentLead } from '@/lib/current-lead';
import { count } from '@/lib/format';
import { DEFAULT_SORT, isNarrowed, type LeadSearch } from '@/lib/lead-search';
import { quickCreate } from '@/lib/overlays';
import { useChangePreferences } from '@/lib/preferences';
import { nameOfLead } from './api/use-lead-actions';
import { useLeadList } from './api/use-lead-list';
import { BulkBar } from './bulk/bulk-bar';
import { EditDialog } from './edit/edit-dialog';
import { ExportMenu } from './export/export-menu';
import { FilterBar } from './filters/filter-bar';
import classes from './leads-page.module.css';
import { NewInList } from './live/new-in-list';
import { lastSearch } from './neighbours';
import { ColumnsMenu } from './table/columns-menu';
import { LeadTable } from './table/lead-table';
import { SortMenu } from './table/sort-menu';
import { useColumns } from './table/use-columns';
import { useSelection } from './table/use-selection';
import { useTableKeys } from './table/use-table-keys';
import { useCurrentView } from './views/use-current-view';
import { settingsOnShow } from './views/view-settings';
import { ViewTabs } from './views/view-tabs';

const route = getRouteApi('/leads');

export function LeadsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  lastSearch.set(search);
  const { views, current, isStarting } = useCurrentView(search, (next) => show(next));
  const list = useLeadList(search);
  const columns = useColumns(current);
  const changePreferences = useChangePreferences();
  const selection = useSelection(list.leads);
  const [active, setActive] = useState(-1);
  const [edited, setEdited] = useState<LeadResponse | null>(null);
  const focused = list.leads[active];
  useCurrentLead(focused?.id, focused ? nameOfLead(focused) : '');
  // Known before the first painting, so that nothing jumps.
  const isPhone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false }) ?? false;
  const grid = useRef<HTMLDivElement>(null);
  const searchInput = useRef<HTMLInputElement>(null);

  const show = (next: LeadSearch) => {
    selection.clear();
    setActive(-1);
    grid.current?.scrollTo({ top: 0 });
    void navigate({ search: next, replace: true });
  };
  const sortBy = (sort: string) => show({ ...search, sort: sort === DEFAULT_SORT ? undefined : sort });
  useTableKeys({ leads: list.leads, active, setActive, selection, onEdit: setEdited, searchInput });

  return (
    <div className={classes.page}>
      <PageHeader
        title="Leads"
        note={list.isSuccess && `${list.isEstimate ? 'about ' : ''}${count(list.total)}`}
      >
        <Button
          size="sm"
          variant="default"
          hiddenFrom="sm"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => quickCreate.set(true)}
        >
          New lead
        </Button>
        {isPhone && <SortMenu sort={search.sort} onSort={sortBy} />}
        <ExportMenu search={search} columns={columns.shown} total={list.total} isSmall={isPhone} />
        {!isPhone && (
          <ColumnsMenu
            columns={columns}
            onDensity={(rows) =>
              current ? columns.setViewDensity(rows) : changePreferences.mutate({ density: rows })
            }
          />
        )}
      </PageHeader>
      <ViewTabs
        views={views}
        current={current}
        search={search}
        onShow={settingsOnShow(search, columns.choice)}
        onChoose={show}
        onReset={columns.reset}
      />
      <FilterBar
        search={search}
        onChange={(next) => show({ ...next, view: search.view })}
        searchInput={searchInput}
      />
      <NewInList />
      {(list.isPending || isStarting) && <LoadingRows rows={14} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.leads.length === 0 && (
        <NoLeads search={search} onClear={() => show({ view: search.view })} />
      )}
      {list.leads.length > 0 && !isStarting && (
        <LeadTable
          leads={list.leads}
          total={list.total}
          columns={columns}
          selection={selection}
          active={active}
          onActivate={setActive}
          sort={search.sort}
          onSort={sortBy}
          onEdit={setEdited}
          hasMore={list.hasNextPage}
          onMore={() => !list.isFetchingNextPage && void list.fetchNextPage()}
          grid={grid}
        />
      )}
      <BulkBar selection={selection} leads={list.leads} total={list.total} search={search} />
      {edited && (
        <EditDialog
          lead={edited}
          onClose={() => {
            setEdited(null);
            grid.current?.focus();
          }}
        />
      )}
    </div>
  );
}

function NoLeads({ search, onClear }: { search: LeadSearch; onClear: () => void }) {
  if (isNarrowed(search)) {
    return (
      <EmptyState
        title="No lead matches"
        action={
          <Button variant="light" onClick={onClear}>
            Clear the search and filters
          </Button>
        }
      >
        Only active leads are searched unless “Closed ones too” is on.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="There are no leads here yet"
      action={
        <Button variant="light" onClick={() => quickCreate.set(true)}>
          Enter the first one
        </Button>
      }
    >
      Leads that are assigned to you appear here.
    </EmptyState>
  );
}

import { Box, Switch, Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { PageHeader } from '@/components/page-header';
import { LoadingRows } from '@/components/states';
import { useMe } from '@/lib/api/session';
import { day } from '@/lib/days';
import { isLeader } from '@/lib/people';
import { daysOf, type ReportSearch, type View } from '@/lib/report-search';
import { ReportFilters } from './filters/report-filters';
import { useScopeName } from './filters/use-scope';
import { useLiveReports } from './use-report';
import { ConversionView } from './views/conversion-view';
import { FairnessView } from './views/fairness-view';
import { PipelineView } from './views/pipeline-view';
import { ResponseView } from './views/response-view';
import { SourcesView } from './views/sources-view';
import classes from './views/views.module.css';

// Its trend brings a library of charts along: the other views do without.
const OverviewView = lazy(async () => ({ default: (await import('./views/overview-view')).OverviewView }));

const route = getRouteApi('/analytics');

const VIEW_NAMES: Readonly<Record<View, string>> = {
  overview: 'Overview',
  conversion: 'Conversion',
  response: 'Response & activity',
  pipeline: 'Pipeline',
  sources: 'Sources',
  fairness: 'Fairness',
};

const VIEWS = {
  overview: OverviewView,
  conversion: ConversionView,
  response: ResponseView,
  pipeline: PipelineView,
  sources: SourcesView,
  fairness: FairnessView,
};

/** Dashboards of an agent, a team or the company: whose it is, is a filter like any other. */
export function DashboardsPage() {
  const me = useMe();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const name = useScopeName(search);
  useLiveReports();
  const show = (next: ReportSearch) => void navigate({ search: next, replace: true });
  const { from, to } = daysOf(search);
  const { view = 'overview' } = search;
  const View = VIEWS[view];
  return (
    <>
      <PageHeader title={name} note={`${day(from)} – ${day(to)}`}>
        <Switch
          size="sm"
          label="Compare with the days before"
          checked={search.compare !== 'off'}
          onChange={({ currentTarget: { checked } }) =>
            show({ ...search, compare: checked ? undefined : 'off' })
          }
        />
      </PageHeader>
      <Box px="md" pb="xl">
        <ReportFilters search={search} onChange={show} />
        <Tabs
          value={view}
          onChange={(next) => void navigate({ search: { ...search, view: (next ?? 'overview') as View } })}
          keepMounted={false}
        >
          <Tabs.List mb="md" className={classes.tabs}>
            {(Object.keys(VIEW_NAMES) as View[])
              .filter((each) => each !== 'fairness' || isLeader(me))
              .map((each) => (
                <Tabs.Tab key={each} value={each}>
                  {VIEW_NAMES[each]}
                </Tabs.Tab>
              ))}
          </Tabs.List>
          <Tabs.Panel value={view}>
            <Suspense fallback={<LoadingRows />}>
              <View search={search} />
            </Suspense>
          </Tabs.Panel>
        </Tabs>
      </Box>
    </>
  );
}

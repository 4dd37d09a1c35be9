import { Anchor, Box, Button, Group, Text } from '@mantine/core';
import { IconArrowLeft, IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { PriorityBadge, Score, StatusBadge } from '@/components/badges';
import { PageHeader } from '@/components/page-header';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import { When } from '@/components/when';
import { answerOf, api } from '@/lib/api/client';
import type { DrillDownResponse } from '@/lib/api/schema';
import { day } from '@/lib/days';
import { count, counted, words } from '@/lib/format';
import { useNameOf } from '@/lib/people';
import { type DrillSearch, reportQuery, type View } from '@/lib/report-search';
import { sayFailed } from '@/lib/undo';
import { downloadCsv } from './card/download-csv';
import { AsTable } from './card/report-card';
import { useScopeName } from './filters/use-scope';

const route = getRouteApi('/analytics/leads');
const PATH = '/api/v1/analytics/leads';
const PAGE_SIZE = 100;

const VIEW_OF: Readonly<Record<string, View>> = {
  totals: 'overview',
  funnel: 'conversion',
  cohorts: 'conversion',
  'win-rates': 'conversion',
  'speed-to-lead': 'response',
  'heat-map': 'response',
  pipeline: 'pipeline',
  'stuck-leads': 'pipeline',
  sources: 'sources',
  recycling: 'sources',
  fairness: 'fairness',
};

/** The very leads behind a figure: as many as the figure says. */
export function DrillDownPage() {
  const search = route.useSearch();
  const { report, cell, by, days, ...filters } = search;
  const nameOf = useNameOf();
  const whose = useScopeName(search);
  const query = { ...reportQuery(search), report, cell, by, days };
  const leads = useInfiniteQuery({
    queryKey: ['report', PATH, query],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        // The address is text; the API reads numbers of text itself.
        api.GET(PATH, {
          params: { query: { ...query, limit: PAGE_SIZE, cursor: pageParam } as never },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: DrillDownResponse) => page.next_cursor ?? undefined,
    enabled: report !== undefined && cell !== undefined,
  });
  const csv = useMutation({ mutationFn: () => downloadCsv(PATH, query), onError: sayFailed });
  const [first] = leads.data?.pages ?? [];
  const shown = leads.data?.pages.flatMap((page) => page.leads) ?? [];
  if (!report || !cell)
    return <EmptyState isPage title="No figure was chosen" action={<Back filters={filters} />} />;
  return (
    <>
      <PageHeader title={titleOf(search)} note={first && counted(first.total, 'lead')}>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          loading={csv.isPending}
          onClick={() => csv.mutate()}
        >
          CSV
        </Button>
      </PageHeader>
      <Box px="md" pb="xl">
        <Group justify="space-between" mb="sm">
          <Back filters={{ ...filters, ...(by && { by }), view: VIEW_OF[report] }} />
          {first && (
            <Text size="xs" c="dimmed">
              {whose} · {day(first.from)} – {day(first.to)}
              {first.hidden > 0 &&
                ` · ${counted(first.hidden, 'lead')} of these are somebody else's now and not listed`}
            </Text>
          )}
        </Group>
        {leads.isPending && <LoadingRows />}
        {leads.isError && <ErrorState error={leads.error} onRetry={() => void leads.refetch()} />}
        {leads.isSuccess && shown.length === 0 && <EmptyState title="No leads are behind this figure" />}
        {shown.length > 0 && (
          <AsTable
            title="Leads"
            table={{
              head: ['Lead', 'Status', 'Priority', 'Score', 'Place', 'Agent', 'Arrived'],
              texts: ['Status', 'Priority', 'Score', 'Place', 'Agent', 'Arrived'],
              rows: shown.map((lead) => [
                <Link
                  key="lead"
                  to="/leads/$leadId"
                  params={{ leadId: String(lead.id) }}
                  style={{ color: 'inherit' }}
                >
                  {lead.practice_name ?? lead.owner_name ?? `Lead ${lead.id}`}
                </Link>,
                <StatusBadge key="status" status={lead.status} />,
                <PriorityBadge key="priority" priority={lead.priority} />,
                <Score key="score" score={lead.score} />,
                [lead.city, lead.state].filter(Boolean).join(', '),
                nameOf(lead.assigned_user_id),
                <When key="arrived" time={lead.created_at} />,
              ]),
            }}
          />
        )}
        {leads.hasNextPage && (
          <Button
            variant="subtle"
            mt="sm"
            loading={leads.isFetchingNextPage}
            onClick={() => void leads.fetchNextPage()}
          >
            Load more ({count(shown.length)} of {count((first?.total ?? 0) - (first?.hidden ?? 0))})
          </Button>
        )}
      </Box>
    </>
  );
}

function Back({ filters }: { filters: DrillSearch }) {
  return (
    <Anchor component={Link} {...({ to: '/analytics', search: filters } as object)} size="sm">
      <Group gap={4} component="span">
        <IconArrowLeft size={15} aria-hidden /> Back to the figures
      </Group>
    </Anchor>
  );
}

/** `Funnel: Qualified`. */
function titleOf({ report = '', cell = '' }: DrillSearch): string {
  const parts = cell.split(':').map((part) => (/^[A-Z_a-z ]+$/.test(part) ? words(part) : part));
  return `${words(report.replaceAll('-', '_'))}: ${parts.join(', ').toLowerCase()}`;
}

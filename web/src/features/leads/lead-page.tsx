import { Tabs } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ErrorState, LoadingRows } from '@/components/states';
import { activityDialog } from '@/lib/activity-log';
import { ApiProblem } from '@/lib/api/problem';
import type { LeadResponse } from '@/lib/api/schema';
import { useCurrentLead } from '@/lib/current-lead';
import { isDialogOpen } from '@/lib/keyboard';
import { useLead } from './api/use-lead';
import { nameOfLead } from './api/use-lead-actions';
import { EditDialog } from './edit/edit-dialog';
import type { FieldName } from './edit/lead-fields';
import { LeadFacts } from './lead/lead-facts';
import { LeadFamily } from './lead/lead-family';
import { LeadHeader } from './lead/lead-header';
import { LeadHistory } from './lead/lead-history';
import classes from './lead/lead-page.module.css';
import { LeadSources } from './lead/lead-sources';
import { LeadTimeline } from './lead/lead-timeline';
import { LeadWhy } from './lead/lead-why';
import { useNeighbours } from './neighbours';

const route = getRouteApi('/leads/$leadId');
type LeadTab = 'history' | 'why';

export function LeadPage() {
  const { leadId } = route.useParams();
  const query = useLead(Number(leadId));
  if (query.isPending) return <LoadingRows rows={12} />;
  // What was loaded before stays on show while the server is away.
  if (!query.data) return <ErrorState isPage error={query.error} onRetry={() => void query.refetch()} />;
  const { error } = query;
  const gone = error instanceof ApiProblem && [403, 404].includes(error.status) ? error : null;
  return <Lead key={leadId} lead={query.data} gone={gone} />;
}

interface LeadProps {
  lead: LeadResponse;
  /** Why it may no longer be seen; an edit that is under way stays. */
  gone: ApiProblem | null;
}

/** One lead: its fields, what was done about it, and who changed what. */
function Lead({ lead, gone }: LeadProps) {
  const navigate = route.useNavigate();
  const { edit, tab = 'timeline' } = route.useSearch();
  const [field, setField] = useState<FieldName | null>(edit ? 'practice_name' : null);
  const neighbours = useNeighbours(lead.id);
  const name = nameOfLead(lead);
  useCurrentLead(lead.id, name);
  const go = (id: number | undefined) => {
    if (id !== undefined && !isDialogOpen())
      void navigate({ to: '/leads/$leadId', params: { leadId: String(id) } });
  };
  useHotkeys([
    ['j', () => go(neighbours.next)],
    ['k', () => go(neighbours.previous)],
    ['e', () => !isDialogOpen() && setField('practice_name')],
    [
      'w',
      () =>
        !isDialogOpen() && void navigate({ search: (before) => ({ ...before, tab: 'why' }), replace: true }),
    ],
    ['a', () => !isDialogOpen() && activityDialog.set({ lead: { id: lead.id, name } })],
  ]);
  useEffect(() => {
    document.title = `${name} · Rota`;
  }, [name]);
  if (gone && !field) return <ErrorState isPage error={gone} />;
  return (
    <div className={classes.page}>
      <LeadHeader lead={lead} neighbours={neighbours} onGo={go} onEdit={() => setField('practice_name')} />
      <div className={classes.columns}>
        <div>
          <LeadFacts lead={lead} />
          <LeadFamily lead={lead} />
          <LeadSources lead={lead} />
        </div>
        <Tabs
          value={tab}
          keepMounted={false}
          onChange={(next) =>
            void navigate({
              search: (before) => ({ ...before, tab: next === 'timeline' ? undefined : (next as LeadTab) }),
              replace: true,
            })
          }
        >
          <Tabs.List mb="md">
            <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
            <Tabs.Tab value="history">History</Tabs.Tab>
            <Tabs.Tab value="why">Why me?</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="timeline">
            <LeadTimeline lead={lead} />
          </Tabs.Panel>
          <Tabs.Panel value="history">
            <LeadHistory lead={lead} />
          </Tabs.Panel>
          <Tabs.Panel value="why">
            <LeadWhy lead={lead} />
          </Tabs.Panel>
        </Tabs>
      </div>
      {field && <EditDialog lead={lead} focus={field} onClose={() => setField(null)} />}
    </div>
  );
}

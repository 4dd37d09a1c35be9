import { Button, Group, Kbd, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { PageHeader } from '@/components/page-header';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import { messageOf } from '@/lib/api/problem';
import type { LeadResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { counted } from '@/lib/format';
import { isDialogOpen } from '@/lib/keyboard';
import { isLeader } from '@/lib/people';
import { loadLead } from '../api/use-lead';
import classes from './duplicates.module.css';
import { type Choices, chosenLead, differingFields, suggestedSurvivor } from './merge-choice';
import { MergeTable } from './merge-table';
import { useMerge } from './use-duplicates';

const route = getRouteApi('/duplicates/merge');

/** Several leads beside each other, and what of each is kept in the one that they become. */
export function MergePage() {
  const me = useMe();
  const { leads: asked = '' } = route.useSearch();
  const ids = [...new Set(asked.split(',').filter(Boolean).map(Number))];
  const queries = useQueries({
    queries: ids.map((id) => ({
      queryKey: ['lead', id],
      queryFn: ({ signal }: { signal: AbortSignal }) => loadLead(id, signal),
    })),
  });
  if (!isLeader(me)) return <EmptyState isPage title="Only managers and admins merge leads" />;
  const failed = queries.find(({ isError }) => isError);
  if (failed) return <ErrorState isPage error={failed.error} onRetry={() => void failed.refetch()} />;
  const leads = queries.flatMap(({ data }) => data ?? []);
  if (leads.length < ids.length) return <LoadingRows />;
  // The address of a lead that was merged already leads to the one that it is part of.
  const different = [...new Map(leads.map((lead) => [lead.id, lead])).values()];
  if (different.length < 2)
    return (
      <EmptyState
        isPage
        title="There is nothing to merge"
        action={
          <Button renderRoot={(props) => <Link to="/duplicates" {...props} />} variant="light">
            To the duplicates
          </Button>
        }
      >
        It takes two leads that are there and not one already.
      </EmptyState>
    );
  return <Merge leads={different} />;
}

function Merge({ leads }: { leads: LeadResponse[] }) {
  const navigate = route.useNavigate();
  const { from } = route.useSearch();
  const merge = useMerge();
  const [chosenId, setChosenId] = useState<number>();
  const [choices, setChoices] = useState<Choices>({});
  const survivor = leads.find(({ id }) => id === chosenId) ?? suggestedSurvivor(leads);
  if (!survivor) return null;
  const back = from === 'queue' ? { to: '/duplicates' as const } : leadLink(survivor);
  const submit = () => {
    if (merge.isPending || isDialogOpen()) return;
    const fields = Object.fromEntries(
      differingFields(leads).map(({ name }) => [name, chosenLead(name, leads, survivor, choices).id]),
    );
    const others = leads.filter((lead) => lead !== survivor).map(({ id }) => id);
    merge.mutate(
      { survivorId: survivor.id, lead_ids: others, fields },
      { onSuccess: () => void navigate(back) },
    );
  };
  return (
    <>
      <PageHeader title={`Merge ${counted(leads.length, 'lead')}`} />
      <div className={classes.page}>
        <Keys onSubmit={submit} />
        <Text size="sm" c="dimmed" maw={760} mb="sm">
          One lead stays, with its agent, status and score. The others become part of it: their activities and
          history move over, and their addresses lead to it. It can be undone.
        </Text>
        <MergeTable
          leads={leads}
          survivor={survivor}
          choices={choices}
          onSurvivor={(id) => {
            setChosenId(id);
            setChoices({});
          }}
          onChoice={(field, id) => setChoices((before) => ({ ...before, [field]: id }))}
        />
        {merge.error && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert" mt="sm">
            {messageOf(merge.error)}
          </Text>
        )}
        <Group justify="flex-end" mt="md">
          <Button variant="default" renderRoot={(props) => <Link {...back} {...props} />}>
            Cancel
          </Button>
          <Button
            loading={merge.isPending}
            onClick={submit}
            rightSection={
              <Kbd size="xs" visibleFrom="sm">
                Ctrl Enter
              </Kbd>
            }
          >
            Merge {counted(leads.length, 'lead')}
          </Button>
        </Group>
      </div>
    </>
  );
}

function Keys({ onSubmit }: { onSubmit: () => void }) {
  useHotkeys([['mod+Enter', onSubmit]], []);
  return null;
}

const leadLink = (lead: LeadResponse) => ({
  to: '/leads/$leadId' as const,
  params: { leadId: String(lead.id) },
});

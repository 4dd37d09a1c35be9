import { Button, Group, Text } from '@mantine/core';
import { When } from '@/components/when';
import { useMe } from '@/lib/api/session';
import { isLeader } from '@/lib/people';
import { usePastMerges, useUndoMerge } from './use-duplicates';

/** What a lead was merged from; those who lead can take it apart again. */
export function PastMerges({ leadId }: { leadId: number }) {
  const { data = [] } = usePastMerges(leadId, isLeader(useMe()));
  const undo = useUndoMerge();
  return data.map((merge) => (
    <Group key={merge.id} justify="space-between" wrap="nowrap" align="flex-start" mb="xs">
      <Text size="sm">
        {merge.leads.map(({ id, practice_name }) => practice_name ?? `Lead ${id}`).join(', ')}{' '}
        {merge.leads.length === 1 ? 'is' : 'are'} part of this lead
        <Text size="xs" c="dimmed">
          {merge.merged_by?.full_name ?? 'Somebody'} · <When time={merge.merged_at} />
        </Text>
      </Text>
      <Button
        size="compact-xs"
        variant="subtle"
        disabled={undo.isPending}
        onClick={() => undo.mutate(merge.id)}
      >
        Undo the merge
      </Button>
    </Group>
  ));
}

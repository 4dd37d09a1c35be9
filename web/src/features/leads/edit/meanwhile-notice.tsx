import { Alert, Button, Group, Text } from '@mantine/core';
import { presenceSentence } from '@/components/viewers';
import { usePresence } from '@/lib/live/presence';
import { FIELD } from './lead-fields';
import type { useLeadDraft } from './use-lead-draft';

/** What others do with the lead while it is edited: who edits it too, what they saved, whether it was taken away. */
export function MeanwhileNotice({ edit }: { edit: ReturnType<typeof useLeadDraft> }) {
  const also = presenceSentence(usePresence(edit.base.id, 'edit'));
  const { meanwhile } = edit;
  return (
    <div role="status" data-testid="meanwhile">
      {edit.isLost && (
        <Alert color="red" mt="sm" title="This lead is no longer yours">
          Somebody else has it now, so your changes cannot be saved. What you have typed stays here to copy.
        </Alert>
      )}
      {!edit.isLost && meanwhile && (
        <Alert
          color="yellow"
          mt="sm"
          styles={{ title: { color: 'var(--rota-warning)' } }}
          title={`${meanwhile.by} changed this lead meanwhile`}
        >
          <Group justify="space-between" gap="xs">
            <Text size="sm">
              {meanwhile.fields.map((name) => FIELD[name].label).join(', ')}. What you have typed is kept.
            </Text>
            <Button size="compact-sm" variant="default" onClick={edit.takeOver}>
              Show their changes
            </Button>
          </Group>
        </Alert>
      )}
      {also && (
        <Text size="sm" c="dimmed" mt="sm">
          {also}.
        </Text>
      )}
    </div>
  );
}

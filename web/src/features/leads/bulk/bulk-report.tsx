import { List, Modal, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { BulkChangeResponse } from '@/lib/api/schema';
import { counted } from '@/lib/format';

const REASONS: Readonly<Record<string, string>> = {
  not_found: 'is no longer there',
  forbidden: 'is not yours to change',
};
const MOST_LINES = 100;

/** What came of a bulk change that could not be made to every lead. */
export function BulkReport({ answer, onClose }: { answer: BulkChangeResponse; onClose: () => void }) {
  const { summary, results } = answer;
  const refused = results.filter(({ outcome }) => outcome in REASONS);
  return (
    <Modal opened onClose={onClose} title="Not every lead was changed">
      <Stack gap="sm">
        <Text size="sm">
          {counted(summary.changed, 'lead')} changed, {summary.unchanged} were so already, {summary.refused}{' '}
          refused.
        </Text>
        <List size="sm" mah={300} style={{ overflow: 'auto' }}>
          {refused.slice(0, MOST_LINES).map(({ id, outcome }) => (
            <List.Item key={id}>
              <Link to="/leads/$leadId" params={{ leadId: String(id) }}>
                Lead {id}
              </Link>{' '}
              {REASONS[outcome]}
            </List.Item>
          ))}
        </List>
        {refused.length > MOST_LINES && <Text size="sm">And {refused.length - MOST_LINES} more.</Text>}
      </Stack>
    </Modal>
  );
}

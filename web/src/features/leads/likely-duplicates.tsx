import { Anchor, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answerOf, api } from '@/lib/api/client';
import { counted } from '@/lib/format';
import { type Draft, FIELD, type FieldName, faultOf, tidied } from './edit/lead-fields';

/** What tells two practices apart; one of the first few is enough to look for the lead. */
const TELLING = ['npi', 'practice_phone', 'owner_phone'] as const satisfies FieldName[];
const ASKED = [...TELLING, 'practice_name', 'address', 'zip_code'] as const satisfies FieldName[];
const TYPING_MS = 250;

/** Leads that the one being typed may be. Of those that its reader may not see it says only that there are some. */
export function LikelyDuplicates({ draft, onGo }: { draft: Draft; onGo: () => void }) {
  const typed = JSON.stringify(knownOf(draft));
  const [wanted] = useDebouncedValue(typed, TYPING_MS);
  const known: Partial<Record<FieldName, string>> = JSON.parse(wanted);
  const isTelling = (values: string) => TELLING.some((name) => name in JSON.parse(values));
  const { data } = useQuery({
    queryKey: ['leads', 'found', 'duplicates', wanted],
    queryFn: ({ signal }) => answerOf(api.POST('/api/v1/duplicates/check', { body: known, signal })),
    enabled: isTelling(wanted),
    placeholderData: keepPreviousData,
  });
  if (!data || !isTelling(typed) || data.leads.length + data.others === 0) return null;
  return (
    <Stack gap={4} role="status">
      <Text size="sm" c="var(--rota-warning)" fw={500}>
        This may be there already:
      </Text>
      {data.leads.map((lead) => (
        <Text key={lead.id} size="sm">
          <Anchor
            renderRoot={(props) => (
              <Link to="/leads/$leadId" params={{ leadId: String(lead.id) }} onClick={onGo} {...props} />
            )}
          >
            {lead.practice_name ?? `Lead ${lead.id}`}
          </Anchor>{' '}
          <Text span c="dimmed">
            {lead.reasons.map(({ message }) => message).join(' ')}
          </Text>
        </Text>
      ))}
      {data.others > 0 && (
        <Text size="sm">{counted(data.others, 'lead')} of somebody else, which you may not open</Text>
      )}
    </Stack>
  );
}

/** The fields that are typed in full and right. */
function knownOf(draft: Draft): Partial<Record<FieldName, string>> {
  const whole = ASKED.map((name) => [name, tidied(FIELD[name], draft[name])] as const).filter(
    ([name, text]) => text !== '' && faultOf(FIELD[name], text) === null,
  );
  return Object.fromEntries(whole);
}

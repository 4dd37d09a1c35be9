import { Button, Group, Modal, SimpleGrid, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Confirm } from '@/components/confirm';
import { answerOf, api } from '@/lib/api/client';
import { ApiProblem, fieldErrorsOf, messageOf } from '@/lib/api/problem';
import { sayDone } from '@/lib/undo';
import { reloadLists } from './api/lead-cache';
import { nameOfLead } from './api/use-lead-actions';
import { FieldInput } from './edit/field-input';
import { hintsFor } from './edit/hints';
import {
  changesOf,
  type Draft,
  EMPTY_DRAFT,
  FIELD,
  type FieldName,
  faultOf,
  LEAD_FIELDS,
} from './edit/lead-fields';
import { LikelyDuplicates } from './likely-duplicates';

const FIELDS: readonly FieldName[] = [
  'practice_name',
  'practice_phone',
  'owner_name',
  'npi',
  'city',
  'state',
  'specialties',
  'zip_code',
];

/** A lead from what one knows at once; warns while one types when it is there already. */
export function QuickCreate({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const [isLeaving, setLeaving] = useState(false);
  const [key] = useState(() => newKey());
  const filled = LEAD_FIELDS.filter(({ name }) => draft[name].trim() !== '');
  const isFaulty = filled.some((field) => faultOf(field, draft[field.name]) !== null);
  const hints = hintsFor(draft);
  const create = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/v1/leads', {
          body: { ...changesOf(filled, draft), source: 'manual_entry' },
          params: { header: { 'Idempotency-Key': key } },
        }),
      ),
    onSuccess: (lead) => {
      reloadLists();
      sayDone(`${nameOfLead(lead)} is entered`);
      onClose();
      void navigate({ to: '/leads/$leadId', params: { leadId: String(lead.id) } });
    },
  });
  const refused = fieldErrorsOf(create.error);
  const close = () => (filled.length > 0 ? setLeaving(true) : onClose());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (filled.length > 0 && !isFaulty) create.mutate();
  };
  return (
    <Modal
      opened
      onClose={close}
      title="New lead"
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={!isLeaving}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            {FIELDS.map((name) => (
              <FieldInput
                key={name}
                field={FIELD[name]}
                value={draft[name]}
                onChange={(value) => setDraft((before) => ({ ...before, [name]: value }))}
                refusal={
                  refused[name] ??
                  (name === 'npi' && isDuplicate(create.error) ? 'Another lead has it' : undefined)
                }
                hint={hints[name]}
                autoFocus={name === 'practice_name'}
              />
            ))}
          </SimpleGrid>
          <LikelyDuplicates draft={draft} onGo={onClose} />
          {create.error && Object.keys(refused).length === 0 && (
            <Text size="sm" c="var(--mantine-color-error)" role="alert">
              {messageOf(create.error)}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending} disabled={filled.length === 0 || isFaulty}>
              Enter lead
            </Button>
          </Group>
        </Stack>
      </form>
      <Confirm
        opened={isLeaving}
        title="Discard this lead?"
        confirm="Discard"
        onCancel={() => setLeaving(false)}
        onConfirm={onClose}
      >
        It has not been entered yet.
      </Confirm>
    </Modal>
  );
}

const isDuplicate = (error: unknown): boolean =>
  error instanceof ApiProblem && error.code === 'duplicate-npi';

/** Outside a secure context a browser has no randomUUID. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16)).join('-');
}

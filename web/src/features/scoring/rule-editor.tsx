import { Alert, Button, Group, NumberInput, Stack, TextInput, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { fieldErrorsOf, messageOf } from '@/lib/api/problem';
import type { RuleSetResponse } from '@/lib/api/schema';
import { draftOf, emptyRule, type RuleDraft, rulesOf } from './rule-draft';
import { RuleFields } from './rule-fields';
import classes from './scoring.module.css';
import { useDraftScoring } from './use-scoring';

const BANDS = ['A+', 'A', 'B+', 'B'] as const;

/** A new version that begins as another one. */
export function RuleEditor({ from, onClose }: { from: RuleSetResponse; onClose: () => void }) {
  const [draft, setDraft] = useState<RuleDraft>(() => draftOf(from.rules));
  const [note, setNote] = useState('');
  const save = useDraftScoring();
  const change = (part: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...part }));
  const errors = Object.entries(fieldErrorsOf(save.error)).map(([field, message]) => `${field}: ${message}`);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ rules: rulesOf(draft), note }, { onSuccess: onClose });
  };
  return (
    <form className={classes.editor} onSubmit={submit} aria-label="New version" noValidate>
      <Stack gap="md">
        <Title order={2} size="h5">
          New version, from version {from.version}
        </Title>
        <NumberInput
          label="Every lead begins with"
          maw={200}
          min={0}
          max={100}
          value={draft.base}
          onChange={(base) => change({ base: Number(base) })}
        />
        <Stack gap="xs">
          {draft.rules.map((rule) => (
            <RuleFields
              key={rule.key}
              rule={rule}
              onChange={(part) =>
                change({ rules: draft.rules.map((one) => (one === rule ? { ...one, ...part } : one)) })
              }
              onRemove={() => change({ rules: draft.rules.filter((one) => one !== rule) })}
            />
          ))}
          <Button
            variant="subtle"
            size="compact-sm"
            className={classes.add}
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => change({ rules: [...draft.rules, emptyRule()] })}
          >
            Another rule
          </Button>
        </Stack>
        <Group gap="sm">
          {BANDS.map((band) => (
            <NumberInput
              key={band}
              label={`${band} from`}
              w={100}
              min={1}
              max={100}
              value={draft.priorities[band]}
              onChange={(score) => change({ priorities: { ...draft.priorities, [band]: Number(score) } })}
            />
          ))}
        </Group>
        <TextInput
          label="Note"
          description="What it is for"
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        {save.error && (
          <Alert color="red" variant="light" role="alert">
            {errors.length > 0 ? errors.join(' · ') : messageOf(save.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save as a draft
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

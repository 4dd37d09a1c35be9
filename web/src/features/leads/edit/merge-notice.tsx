import { Alert, Radio, Stack, Text } from '@mantine/core';
import { shown } from '@/lib/format';
import { type Draft, FIELD, type FieldName } from './lead-fields';
import type { Merge } from './merge';

interface MergeNoticeProps {
  merge: Merge;
  draft: Draft;
  onChoose: (name: FieldName, value: string) => void;
}

/** Somebody else saved first: what was taken over, and the choice where both changed the same field. */
export function MergeNotice({ merge: { conflicts, taken }, draft, onChoose }: MergeNoticeProps) {
  return (
    <Alert
      color="yellow"
      styles={{ title: { color: 'var(--rota-warning)' } }}
      mt="sm"
      role="alert"
      title="Somebody else changed this lead meanwhile"
      data-testid="merge"
    >
      <Stack gap="sm">
        <Text size="sm">
          {conflicts.length === 0
            ? 'Your changes fit theirs. Look them over and save again.'
            : 'Nothing you typed is lost. Choose what is right and save again.'}
        </Text>
        {conflicts.map(({ name, mine, theirs }) => (
          <Radio.Group
            key={name}
            label={FIELD[name].label}
            value={draft[name] === theirs ? 'theirs' : 'mine'}
            onChange={(choice) => onChoose(name, choice === 'theirs' ? theirs : mine)}
          >
            <Stack gap={6} mt={4}>
              <Radio value="mine" label={`Mine: ${shown(mine)}`} />
              <Radio value="theirs" label={`Theirs: ${shown(theirs)}`} />
            </Stack>
          </Radio.Group>
        ))}
        {taken.length > 0 && (
          <Text size="sm">
            Taken over from them: {taken.map((name) => FIELD[name].label.toLowerCase()).join(', ')}.
          </Text>
        )}
      </Stack>
    </Alert>
  );
}

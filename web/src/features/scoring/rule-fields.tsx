import { ActionIcon, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { ScoringRuleDto } from '@/lib/api/schema';
import type { DraftRule } from './rule-draft';
import { FIELD_WORDS } from './rule-words';
import classes from './scoring.module.css';

const FIELDS = Object.entries(FIELD_WORDS).map(([value, label]) => ({ value, label }));
const amountOf = (value: string | number): number | '' => (value === '' ? '' : Number(value));

interface RuleFieldsProps {
  rule: DraftRule;
  onChange: (part: Partial<DraftRule>) => void;
  onRemove: () => void;
}

/** One rule: its name, its points, and when it gives them. */
export function RuleFields({ rule, onChange, onRemove }: RuleFieldsProps) {
  return (
    <fieldset className={classes.rule} aria-label={`Rule ${rule.name || 'without a name'}`}>
      <TextInput
        label="Rule"
        value={rule.name}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <NumberInput
        label="Points"
        min={-100}
        max={100}
        value={rule.points}
        onChange={(points) => onChange({ points: Number(points) })}
      />
      <NativeSelect
        label="When"
        data={FIELDS}
        value={rule.field}
        onChange={(event) => onChange({ field: event.target.value as ScoringRuleDto['field'] })}
      />
      {rule.field === 'providers' ? (
        <div className={classes.range}>
          <NumberInput
            label="At least"
            min={0}
            max={9999}
            value={rule.least}
            onChange={(least) => onChange({ least: amountOf(least) })}
          />
          <NumberInput
            label="At most"
            min={0}
            max={9999}
            value={rule.most}
            onChange={(most) => onChange({ most: amountOf(most) })}
          />
        </div>
      ) : (
        <TextInput
          label="Has one of (commas between)"
          value={rule.contains}
          onChange={(event) => onChange({ contains: event.target.value })}
        />
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={`Remove the rule ${rule.name || 'without a name'}`}
        onClick={onRemove}
      >
        <IconTrash size={16} />
      </ActionIcon>
    </fieldset>
  );
}

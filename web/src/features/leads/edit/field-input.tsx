import { Anchor, Select, Text, TextInput } from '@mantine/core';
import type { Hint } from './hints';
import { faultOf, type LeadField, tidied } from './lead-fields';

interface FieldInputProps {
  field: LeadField;
  value: string;
  onChange: (value: string) => void;
  /** What the server said about it. */
  refusal?: string;
  hint?: Hint;
  autoFocus?: boolean;
  /** Its name stands beside it already. */
  isBare?: boolean;
}

/** One field of a lead: refuses as one types what the server would refuse, and hints at what only looks wrong. */
export function FieldInput({ field, value, onChange, refusal, hint, autoFocus, isBare }: FieldInputProps) {
  const error = refusal ?? faultOf(field, value);
  const shared = {
    ...(isBare ? { 'aria-label': field.label, size: 'xs' } : { label: field.label }),
    name: field.name,
    error,
    'data-autofocus': autoFocus || undefined,
    description: !error && hint && <HintText hint={hint} onFix={onChange} />,
    inputWrapperOrder: ['label', 'input', 'error', 'description'] as (
      | 'label'
      | 'input'
      | 'error'
      | 'description'
    )[],
  };
  if (field.choices) {
    return (
      <Select
        {...shared}
        data={field.choices}
        value={value === '' ? null : value}
        onChange={(choice) => onChange(choice ?? '')}
        placeholder="Not known"
        clearable
        comboboxProps={{ zIndex: 500 }}
      />
    );
  }
  return (
    <TextInput
      {...shared}
      value={value}
      inputMode={field.inputMode}
      placeholder={field.placeholder}
      autoComplete="off"
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => {
        const text = tidied(field, value);
        if (text !== value && !faultOf(field, value)) onChange(text);
      }}
    />
  );
}

function HintText({ hint, onFix }: { hint: Hint; onFix: (value: string) => void }) {
  const { fix } = hint;
  return (
    <Text span size="xs" c="var(--rota-warning)">
      {hint.message}{' '}
      {fix !== undefined && (
        <Anchor component="button" type="button" size="xs" onClick={() => onFix(fix)}>
          Make it “{fix}”
        </Anchor>
      )}
    </Text>
  );
}

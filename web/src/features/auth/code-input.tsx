import { TextInput } from '@mantine/core';
import type { Ref } from 'react';

interface CodeInputProps {
  value: string;
  onChange: (code: string) => void;
  ref?: Ref<HTMLInputElement>;
}

/** The code of the second factor, or a recovery code in its place. */
export function CodeInput({ value, onChange, ref }: CodeInputProps) {
  return (
    <TextInput
      ref={ref}
      label="Code"
      description="From your authenticator app, or one of your recovery codes."
      name="code"
      autoComplete="one-time-code"
      autoCapitalize="none"
      required
      withAsterisk={false}
      autoFocus
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

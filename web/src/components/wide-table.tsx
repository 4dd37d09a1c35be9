import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

interface WideTableProps {
  label: string;
  /** Pixels under which it scrolls sideways. */
  minWidth: number;
  maxHeight?: number;
  children: ReactNode;
}

/** A table that scrolls in itself where it does not fit, by keyboard too. */
export function WideTable({ label, minWidth, maxHeight, children }: WideTableProps) {
  return (
    <Table.ScrollContainer
      minWidth={minWidth}
      maxHeight={maxHeight}
      type="native"
      role="region"
      aria-label={label}
      tabIndex={0}
    >
      {children}
    </Table.ScrollContainer>
  );
}

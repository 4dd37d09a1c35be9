import { LEGACY_SCHEMA } from '../../migrations/adoption/first-version.js';
import { AdoptionReport, FindingsOfAKind } from './adoption-report.js';

/** How many rows were adopted and how much was found in them: one line a table, and one for the findings. */
export function summaryOfAdoption({ tables, findings }: AdoptionReport): string[] {
  const found = findings.reduce((sum, { count }) => sum + count, 0);
  return [
    ...tables.map(({ table, legacyRows, rows }) => `  ${table}: ${rows} of ${legacyRows}`),
    `  repairs and doubts: ${found}, each a row of ${LEGACY_SCHEMA}.adoption_findings`,
  ];
}

/** Every kind of finding with some examples. */
export function findingsOfAdoption({ findings }: AdoptionReport): string[] {
  return findings.flatMap((kind) => [
    `  ${[kind.table, kind.field].filter(Boolean).join('.')} ${kind.code}: ${kind.count} (${kind.message})`,
    ...kind.examples
      .filter(({ rowId }) => rowId !== null)
      .map((example) => `    ${exampleLine(kind, example)}`),
  ]);
}

function exampleLine({ field }: FindingsOfAKind, example: FindingsOfAKind['examples'][number]): string {
  const row = `#${example.rowId}`;
  // What is printed ends up in logs, where no EIN belongs.
  if (field === 'ein' || field === '') return row;
  const [before, after] = [example.oldValue, example.newValue].map(shortened);
  return before === after ? `${row}: ${before}` : `${row}: ${before} → ${after}`;
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

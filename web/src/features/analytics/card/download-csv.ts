import { answerOf, api } from '@/lib/api/client';
import type { Extra, ReportPath } from '../use-report';

/** The report's rows as the server writes them: the same filters, formulas made harmless. */
export async function downloadCsv(path: ReportPath, query: Extra): Promise<void> {
  const asked = { params: { query: { ...query, format: 'csv' } }, parseAs: 'blob' };
  const file = (await answerOf(api.GET(path as never, asked as never))) as Blob;
  const name = path.split('/').at(-1) ?? 'report';
  save(file, `${[name, query['from'], query['to']].filter(Boolean).join('_')}.csv`);
}

export function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Not before the browser has begun to read it.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

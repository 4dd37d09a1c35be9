import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { paths } from '@/lib/api/schema';
import { useLiveEvent } from '@/lib/live/use-live-event';
import { queryClient } from '@/lib/query-client';
import { type ReportSearch, reportQuery } from '@/lib/report-search';

type Content<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

export type ReportPath = Extract<keyof paths, `/api/v1/analytics/${string}`>;

/** What is asked beside the filters of all reports. */
export type Extra = Readonly<Record<string, string | number | undefined>>;

/** A report under the filters of the address; the one before stays on show until the next is there. */
export function useReport<Path extends ReportPath>(path: Path, search: ReportSearch, extra: Extra = {}) {
  const query = { ...reportQuery(search), ...extra };
  return useQuery({
    queryKey: ['report', path, query],
    // The address is text; the API reads numbers of text itself.
    queryFn: ({ signal }): Promise<Content<Path>> =>
      answerOf(api.GET(path as never, { params: { query }, signal } as never)) as Promise<Content<Path>>,
    placeholderData: keepPreviousData,
  });
}

const LEAST_MS = 5_000;
let refreshed = 0;
let waiting: ReturnType<typeof setTimeout> | undefined;

/** Reports follow what happens, at most every few seconds: a busy floor must not keep them loading. */
export function useLiveReports(): void {
  useLiveEvent('dashboard.updated', () => {
    if (waiting) return;
    waiting = setTimeout(
      () => {
        waiting = undefined;
        refreshed = Date.now();
        void queryClient.invalidateQueries({ queryKey: ['report'] });
      },
      Math.max(0, refreshed + LEAST_MS - Date.now()),
    );
  });
}

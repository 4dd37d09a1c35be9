import { useNavigate } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';
import { stringifyQuery } from '@/lib/query-string';
import type { DrillSearch, ReportSearch } from '@/lib/report-search';

/** Which figure of a report: see the API's GET /api/v1/analytics/leads. */
export interface Cell {
  report: string;
  cell: string;
  by?: string;
  days?: number;
}

/** Goes from a figure to the very leads behind it, under the same filters. */
export function useDrill(search: ReportSearch) {
  const navigate = useNavigate();
  return ({ report, cell, by, days }: Cell) => {
    const { view: _, compare: __, ...filters } = search;
    const wanted: DrillSearch = {
      ...filters,
      report,
      cell,
      ...(by && { by }),
      ...(days && { days: String(days) }),
    };
    return {
      href: `/analytics/leads${stringifyQuery({ ...wanted })}`,
      onClick: (event: MouseEvent) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        void navigate({ to: '/analytics/leads', search: wanted });
      },
    };
  };
}

export type Drill = ReturnType<typeof useDrill>;

interface DrillLinkProps {
  drill: Drill;
  cell: Cell;
  label?: string;
  /** Of a drawing; else it looks like the text around it. */
  className?: string;
  children: ReactNode;
}

export function DrillLink({ drill, cell, label, className, children }: DrillLinkProps) {
  const { href, onClick } = drill(cell);
  const style = className ? undefined : { color: 'inherit', textDecorationStyle: 'dotted' as const };
  return (
    <a href={href} onClick={onClick} aria-label={label} className={className} style={style}>
      {children}
    </a>
  );
}

import { LeadFilterDto } from './dto/list-leads.query.js';

/** A filter as clients send it, to be kept: lists as text with commas, and nothing that was not given. */
export function filterAsSent(filter: LeadFilterDto): Record<string, string | number | boolean> {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(
    given.map(([name, value]: [string, unknown]) => [name, Array.isArray(value) ? value.join(',') : value]),
  ) as Record<string, string | number | boolean>;
}

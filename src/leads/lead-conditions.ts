import { ACTIVE_LEAD_STATUSES } from '../enums/index.js';
import { Actor } from '../users/actor.js';
import { MAY_CONTACT, NOT_TO_CONTACT } from './do-not-contact.sql.js';
import { LeadFilterDto } from './dto/list-leads.query.js';
import { visibleOwner } from './lead.policy.js';

const SEARCH_TEXT =
  'lead_search_text(l.practice_name, l.owner_name, l.city, l.npi, l.practice_phone, l.owner_phone)';
/** The partial index on active leads is used only when the query says the same. */
const ACTIVE = "l.status NOT IN ('CLOSED_WON', 'CLOSED_LOST', 'RECYCLED')";
const MAX_WORDS = 8;

/** How a word of a search must be found: letter by letter, or with typing errors forgiven. */
export type SearchMode = 'exact' | 'similar';

/** A WHERE clause over `leads l` and its parameters. */
export class LeadConditions {
  private readonly clauses: string[] = [];
  readonly parameters: unknown[] = [];

  add(clause: string): this {
    this.clauses.push(clause);
    return this;
  }

  /** @returns the placeholder of a parameter with this value */
  value(value: unknown): string {
    this.parameters.push(value);
    return `$${this.parameters.length}`;
  }

  toSql(): string {
    return this.clauses.join(' AND ');
  }
}

/** The leads that somebody may see and asks for. */
export function leadConditions(
  actor: Actor,
  filter: LeadFilterDto,
  mode: SearchMode = 'exact',
): LeadConditions {
  const where = new LeadConditions();
  const owner = visibleOwner(actor);
  if (owner !== null) where.add(`l.assigned_user_id = ${where.value(owner)}`);
  where.add(filter.deleted ? 'l.deleted_at IS NOT NULL' : 'l.deleted_at IS NULL');
  addStatus(where, filter);
  addOwner(where, filter, actor);
  if (filter.state?.length) where.add(`l.state = ANY(${where.value(filter.state)}::text[])`);
  if (filter.city) where.add(`lower(l.city) = lower(${where.value(filter.city.trim())})`);
  if (filter.specialty)
    where.add(`lower(l.specialties) LIKE ${where.value(`%${likeText(filter.specialty.toLowerCase())}%`)}`);
  if (filter.priority?.length) where.add(`l.priority = ANY(${where.value(filter.priority)}::text[])`);
  if (filter.source?.length) where.add(`l.source = ANY(${where.value(filter.source)}::text[])`);
  if (filter.score_min !== undefined) where.add(`l.score >= ${where.value(filter.score_min)}`);
  if (filter.score_max !== undefined) where.add(`l.score <= ${where.value(filter.score_max)}`);
  if (filter.do_not_contact !== undefined) where.add(filter.do_not_contact ? NOT_TO_CONTACT : MAY_CONTACT);
  if (filter.created_from) where.add(`l.created_at >= ${where.value(filter.created_from)}::timestamptz`);
  if (filter.created_to) where.add(`l.created_at < ${where.value(filter.created_to)}::timestamptz`);
  if (filter.updated_from) where.add(`l.updated_at >= ${where.value(filter.updated_from)}::timestamptz`);
  if (filter.updated_to) where.add(`l.updated_at < ${where.value(filter.updated_to)}::timestamptz`);
  for (const word of searchWords(filter.q)) where.add(wordCondition(where, word, mode));
  return where;
}

function addStatus(where: LeadConditions, filter: LeadFilterDto): void {
  if (filter.status?.length) {
    const isActive = filter.status.every((status) => ACTIVE_LEAD_STATUSES.includes(status));
    where.add(`l.status = ANY(${where.value(filter.status)}::text[])`);
    if (isActive) where.add(ACTIVE);
  } else if (!filter.show_all && !filter.deleted) {
    where.add(ACTIVE);
  }
}

function addOwner(where: LeadConditions, filter: LeadFilterDto, actor: Actor): void {
  if (filter.assigned_user_id === undefined) return;
  if (filter.assigned_user_id === 'none') where.add('l.assigned_user_id IS NULL');
  else {
    const id = filter.assigned_user_id === 'me' ? actor.id : Number(filter.assigned_user_id);
    where.add(`l.assigned_user_id = ${where.value(id)}`);
  }
}

/** Words of letters, and runs of digits as phones and NPIs are stored. */
export function searchWords(q: string | undefined): string[] {
  return (q ?? '')
    .split(/\s+/)
    .map((word) => (/^[\d().+-]+$/.test(word) ? word.replace(/\D/g, '') : word))
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS);
}

/** Only words can be mistyped: numbers and signs are found as they are or not at all. */
export const hasLetters = (word: string): boolean => /\p{L}/u.test(word);

function wordCondition(where: LeadConditions, word: string, mode: SearchMode): string {
  const text = `lower(unaccent_immutable(${where.value(likeText(word))}))`;
  // Fewer than three characters make no trigram inside a word, only at its beginning.
  if (word.length < 3)
    return `(${SEARCH_TEXT} LIKE ${text} || '%' OR ${SEARCH_TEXT} LIKE '% ' || ${text} || '%')`;
  const contains = `${SEARCH_TEXT} LIKE '%' || ${text} || '%'`;
  if (mode === 'exact' || !hasLetters(word)) return contains;
  return `(${contains} OR lower(unaccent_immutable(${where.value(word)})) <% ${SEARCH_TEXT})`;
}

const likeText = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

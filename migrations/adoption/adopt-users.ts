import { UserRole } from '../../src/enums/index.js';
import { trimmedOrNull } from '../../src/leads/fields/text.js';
import { LegacyRow, labelOf } from './legacy-row.js';
import { LoginNames } from './login-names.js';
import { createdAt, TableAdoption } from './table-adoption.js';

/** @param loginNames how each user signs in, by id */
export const users = (loginNames: ReadonlyMap<number, LoginNames>): TableAdoption => ({
  table: 'users',
  columns: {
    id: 'integer',
    username: 'text',
    email: 'text',
    full_name: 'text',
    password_hash: 'text',
    role: 'text',
    is_active: 'boolean',
    phone: 'text',
    territory: 'text',
    hire_date: 'timestamptz',
    last_activity: 'timestamptz',
    conversion_rate: 'double precision',
    activity_score: 'integer',
    deals_closed: 'integer',
    current_percentile: 'double precision',
    current_rank: 'integer',
    performance_score: 'double precision',
    badges: 'jsonb',
    total_points: 'integer',
    level: 'integer',
    created_at: 'timestamptz',
    updated_at: 'timestamptz',
  },
  adopt: (row) => {
    const names = loginName(row, loginNames.get(row.id));
    return { id: row.id, ...names, ...account(row), ...person(row, names.username), ...figures(row) };
  },
});

function loginName(row: LegacyRow, names: LoginNames | undefined): LoginNames {
  const { username = row.verbatim('username'), email = row.verbatim('email') } = names ?? {};
  for (const [field, name] of Object.entries({ username, email })) {
    const before = row.verbatim(field);
    if (name === before) continue;
    row.change(
      field,
      before.trim() === '' ? 'missing' : name === before.trim() ? 'reformatted' : 'name_taken',
      name,
    );
  }
  if (username.includes('@') && username.toLowerCase() !== email.toLowerCase()) {
    row.doubt('username', 'username_is_address', 'Only the e-mail address signs this user in.');
  }
  return { username, email };
}

/** Who cannot be told for certain may do least: the role of an agent, and no way in. */
function account(row: LegacyRow) {
  const password = row.verbatim('hashed_password').trim();
  if (!/^\$(2[abxy]|argon2id)\$/.test(password)) {
    row.note('password', 'password_unusable', 'No password fits what was stored; it needs to be reset.');
  }
  return {
    password_hash: password,
    role: row.choice('role', labelOf(UserRole), UserRole.AGENT),
    is_active: row.has('is_active')
      ? (row.yesOrNo('is_active') ?? row.change('is_active', 'missing', false))
      : true,
  };
}

function person(row: LegacyRow, username: string) {
  const made = createdAt(row, row.time('updated_at'));
  return {
    full_name: trimmedOrNull(row.verbatim('full_name')) ?? row.change('full_name', 'missing', username),
    phone: row.text('phone'),
    territory: row.text('territory'),
    hire_date: row.time('hire_date'),
    last_activity: row.time('last_activity'),
    created_at: made,
    updated_at: row.time('updated_at') ?? made,
  };
}

/** Any of these columns may be absent; they begin at nought, as for a new user. */
function figures(row: LegacyRow) {
  return {
    conversion_rate: row.decimal('conversion_rate') ?? 0,
    activity_score: row.whole('activity_score') ?? 0,
    deals_closed: row.whole('deals_closed') ?? 0,
    current_percentile: row.decimal('current_percentile') ?? 0,
    current_rank: row.whole('current_rank') ?? 0,
    performance_score: row.decimal('performance_score') ?? 0,
    badges: row.list('badges', badgeOf),
    total_points: row.whole('total_points') ?? 0,
    level: row.whole('level') ?? 1,
  };
}

function badgeOf(item: unknown): string | null {
  if (typeof item === 'object' && item !== null) {
    const { name } = item as { name?: unknown };
    return typeof name === 'string' ? name : JSON.stringify(item);
  }
  const text = String(item ?? '').trim();
  return text === '' ? null : text;
}

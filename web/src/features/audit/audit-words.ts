import type { AuditEntryResponse } from '@/lib/api/schema';

export const ACTION_WORDS: Readonly<Record<AuditEntryResponse['action'], string>> = {
  'sign_in.succeeded': 'Signed in',
  'sign_in.failed': 'Failed to sign in',
  'sign_in.code_refused': 'Sent a wrong code',
  'session.ended': 'Ended a session',
  'session.stolen': 'A refresh token was used twice',
  'password.changed': 'Changed the password',
  'password.reset': 'Set a password',
  'second_factor.enabled': 'Turned a second factor on',
  'second_factor.disabled': 'Turned a second factor off',
  'second_factor.reset': 'Reset a second factor',
  'single_sign_on.linked': 'Linked an account of the identity provider',
  'single_sign_on.reset': 'Reset single sign-on',
  'second_factor.recovery_code_used': 'Used a recovery code',
  'second_factor.recovery_codes_renewed': 'Made new recovery codes',
  'user.created': 'Created a user',
  'user.updated': 'Changed a user',
  'user.activated': 'Activated a user',
  'user.deactivated': 'Deactivated a user',
  'user.moved_team': 'Moved to another team',
  'api_key.created': 'Made an API key',
  'api_key.revoked': 'Revoked an API key',
  'webhook.created': 'Added a webhook',
  'webhook.deleted': 'Removed a webhook',
  'export.requested': 'Asked for an export',
  'export.downloaded': 'Downloaded an export',
  'policy.changed': 'Changed a distribution policy',
  'leads.merged': 'Merged leads',
  'leads.merge_undone': 'Undid a merge',
  'scoring.changed': 'Changed the scoring rules',
  'person.exported': 'Exported a person’s data',
  'person.erased': 'Erased a person',
};

/** `role agent → manager · reason inactive`. */
export function detailsInWords(details: Record<string, unknown>): string {
  return Object.entries(details)
    .map(([name, value]) => `${name.replaceAll('_', ' ')} ${valueInWords(value)}`)
    .join(' · ');
}

function valueInWords(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ') || 'none';
  if (typeof value !== 'object' || value === null) return String(value ?? 'none');
  const { from, to } = value as { from?: unknown; to?: unknown };
  return `${String(from ?? 'none')} → ${String(to ?? 'none')}`;
}

/** What the audit trail takes down. */
export const AuditAction = {
  SIGN_IN_SUCCEEDED: 'sign_in.succeeded',
  SIGN_IN_FAILED: 'sign_in.failed',
  SIGN_IN_CODE_REFUSED: 'sign_in.code_refused',
  SESSION_ENDED: 'session.ended',
  SESSION_STOLEN: 'session.stolen',
  PASSWORD_CHANGED: 'password.changed',
  PASSWORD_RESET: 'password.reset',
  SECOND_FACTOR_ENABLED: 'second_factor.enabled',
  SECOND_FACTOR_DISABLED: 'second_factor.disabled',
  SECOND_FACTOR_RESET: 'second_factor.reset',
  RECOVERY_CODE_USED: 'second_factor.recovery_code_used',
  RECOVERY_CODES_RENEWED: 'second_factor.recovery_codes_renewed',
  USER_CREATED: 'user.created',
  USER_UPDATED: 'user.updated',
  USER_ACTIVATED: 'user.activated',
  USER_DEACTIVATED: 'user.deactivated',
  USER_MOVED_TEAM: 'user.moved_team',
  API_KEY_CREATED: 'api_key.created',
  API_KEY_REVOKED: 'api_key.revoked',
  WEBHOOK_CREATED: 'webhook.created',
  WEBHOOK_DELETED: 'webhook.deleted',
  EXPORT_REQUESTED: 'export.requested',
  EXPORT_DOWNLOADED: 'export.downloaded',
  POLICY_CHANGED: 'policy.changed',
  LEADS_MERGED: 'leads.merged',
  MERGE_UNDONE: 'leads.merge_undone',
  PERSON_EXPORTED: 'person.exported',
  PERSON_ERASED: 'person.erased',
} as const;
export type AuditAction = (typeof AuditAction)[keyof typeof AuditAction];

export const AUDIT_ACTIONS: readonly AuditAction[] = Object.values(AuditAction);

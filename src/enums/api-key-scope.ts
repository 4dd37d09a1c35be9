/** What an API key may be used for; within it, what the key's user may do and see. */
export const ApiKeyScope = {
  LEADS_READ: 'leads:read',
  LEADS_WRITE: 'leads:write',
  ACTIVITIES_READ: 'activities:read',
  ACTIVITIES_WRITE: 'activities:write',
  DISTRIBUTION_READ: 'distribution:read',
  DISTRIBUTION_WRITE: 'distribution:write',
  ANALYTICS_READ: 'analytics:read',
  GAMIFICATION_READ: 'gamification:read',
  USERS_READ: 'users:read',
  WEBHOOKS_MANAGE: 'webhooks:manage',
  EVENTS_READ: 'events:read',
} as const;
export type ApiKeyScope = (typeof ApiKeyScope)[keyof typeof ApiKeyScope];

export const API_KEY_SCOPES: readonly ApiKeyScope[] = Object.values(ApiKeyScope);

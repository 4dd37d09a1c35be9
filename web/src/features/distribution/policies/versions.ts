import type { PolicyResponse, PolicyVersionResponse, UserResponse } from '@/lib/api/schema';

export function versionInForce(policy: PolicyResponse): PolicyVersionResponse | undefined {
  return policy.versions.find(({ version }) => version === policy.active_version);
}

/** The server decides; this only leaves out what it would refuse. */
export function mayChange(me: UserResponse, policy: PolicyResponse): boolean {
  return me.role === 'admin' || policy.manager_id === me.id;
}

export const STATE_WORDS: Readonly<Record<PolicyVersionResponse['state'], string>> = {
  active: 'In force',
  scheduled: 'Scheduled',
  draft: 'Draft',
  retired: 'Was in force',
};

import { Answer, Client } from './client.js';

const VERSIONS = '/api/v1/distribution/policies/1/versions';

/** The policy that every database has, whose rules an admin changes. */
export function defaultPolicyOf(admin: () => Client) {
  const drafted = (rules: Record<string, unknown>): Promise<Answer> =>
    admin().post(VERSIONS, { rules: { strategy: 'round_robin', target_active: 20, ...rules } });
  return {
    drafted,
    inForce: async (rules: Record<string, unknown>): Promise<void> => {
      const { body, text } = await drafted(rules);
      if (!body.versions) throw new Error(text);
      const { version } = body.versions[0];
      await admin().post('/api/v1/distribution/policies/1/activate', { version });
    },
  };
}

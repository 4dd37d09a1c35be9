/** What made a change that a lead's history records. */
export const ChangeSource = {
  API: 'api',
  BULK: 'bulk',
  IMPORT: 'import',
  REGISTRY: 'registry',
  MERGE: 'merge',
  ADOPTION: 'adoption',
  SCORING: 'scoring',
  DISTRIBUTION: 'distribution',
} as const;
export type ChangeSource = (typeof ChangeSource)[keyof typeof ChangeSource];

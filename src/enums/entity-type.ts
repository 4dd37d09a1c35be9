/** NPPES entity types: 2 = organization, 1 = individual. */
export const EntityType = { ORGANIZATION: 'Organization', INDIVIDUAL: 'Individual' } as const;
export type EntityType = (typeof EntityType)[keyof typeof EntityType];

export const UserRole = { ADMIN: 'admin', MANAGER: 'manager', AGENT: 'agent' } as const;
export type UserRole = (typeof UserRole)[keyof typeof UserRole];

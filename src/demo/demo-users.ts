import { UserRole } from '../enums/index.js';

/** Somebody who can sign in to the demo. */
export interface DemoUser {
  username: string;
  password: string;
  fullName: string;
  role: UserRole;
  /** Username of the manager. */
  manager: string | null;
  territory: string | null;
  /** How long they have been there. */
  hiredDaysAgo: number;
}

const admin: DemoUser = {
  username: 'admin',
  password: 'admin123',
  fullName: 'Rosalind Penhaligon',
  role: UserRole.ADMIN,
  manager: null,
  territory: null,
  hiredDaysAgo: 900,
};

const manager = (username: string, fullName: string, territory: string, hiredDaysAgo: number): DemoUser => ({
  username,
  password: 'manager123',
  fullName,
  role: UserRole.MANAGER,
  manager: null,
  territory,
  hiredDaysAgo,
});

const agent = (
  number: number,
  fullName: string,
  team: string,
  territory: string,
  hiredDaysAgo: number,
): DemoUser => ({
  username: `agent${number}`,
  password: 'agent123',
  fullName,
  role: UserRole.AGENT,
  manager: team,
  territory,
  hiredDaysAgo,
});

/** One admin and two teams of four agents. */
export const DEMO_USERS: readonly DemoUser[] = [
  admin,
  manager('manager1', 'Desmond Holloway', 'East', 720),
  manager('manager2', 'Camila Arroyo', 'West', 540),
  agent(1, 'Maya Lindqvist', 'manager1', 'Northeast', 610),
  agent(2, 'Tobias Okafor', 'manager1', 'Northeast', 420),
  agent(3, 'Leila Marchetti', 'manager1', 'Southeast', 365),
  agent(4, 'Jasper Whitlock', 'manager1', 'Southeast', 150),
  agent(5, 'Priya Goswami', 'manager2', 'Midwest', 500),
  agent(6, 'Hugo Ferreira', 'manager2', 'Midwest', 280),
  agent(7, 'Nadia Kirkwood', 'manager2', 'West', 330),
  agent(8, 'Omar Calloway', 'manager2', 'West', 95),
];

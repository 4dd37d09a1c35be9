/** What rules want to know of agents and leads. */
export interface Asks {
  /** How many leads each agent got today and in the last hour. */
  caps: boolean;
  /** How many each has won and closed. */
  wins: boolean;
  /** Who works the same practice already, by what it is known by. */
  ein: boolean;
  phone: boolean;
  /** Score points that a day of waiting is worth. */
  aging: number;
}

/** Where in the pool's order to go on. */
export interface PoolPlace {
  rank: number;
  createdAt: string;
  id: number;
}

/** Which leads to read, with all that decides who could be given them. */
export interface PoolRequest {
  /** Only these leads. */
  leadIds?: number[];
  after?: PoolPlace;
  limit: number;
  /** Leads that were entered then, whoever has them now, in that order. */
  period?: { from: string; to: string };
  /** Knows only this agent. */
  onlyAgent?: number;
  /** What is to be read even if no rule in force asks for it. */
  alsoAsks?: Partial<Omit<Asks, 'aging'>>;
  /** Those that were recycled too often instead of those that can be given out. */
  isQuarantine?: boolean;
  /** Takes leads for this transaction; those that somebody edits at the moment are left out. */
  isLocking: boolean;
}

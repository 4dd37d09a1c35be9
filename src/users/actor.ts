import { UserRole } from '../enums/index.js';

/** Who is asking, as far as a rule needs to know. */
export interface Actor {
  id: number;
  role: UserRole;
  /** The sign-in this request belongs to; of a program `key:` and the number of its API key. */
  sessionId: string;
}

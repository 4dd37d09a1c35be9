import { Problem, validationProblem } from '../common/problem.js';

/** Everything that can be wrong with a request about a user. */
export const userErrors = {
  notFound: (id: number) => new Problem(404, 'user-not-found', `There is no user ${id}.`),
  notYours: () => new Problem(403, 'user-not-in-team', 'This user is not in your team.'),
  taken: (field: 'username' | 'email') =>
    new Problem(409, 'user-exists', `Another user already has this ${field}.`, {
      errors: [{ field, code: 'taken', message: 'is already taken' }],
    }),
  notAManager: (id: number) =>
    validationProblem([
      { field: 'manager_id', code: 'not_a_manager', message: `${id} is not an active manager` },
    ]),
  ownManager: () =>
    validationProblem([
      { field: 'manager_id', code: 'own_manager', message: 'must be somebody else than the user' },
    ]),
  onlyAgents: () => new Problem(403, 'only-agents', 'Managers can only create agents, for their own team.'),
  notInTeam: () => new Problem(403, 'not-in-team', 'This agent is not in your team.'),
  notAnAgent: (id: number) => new Problem(404, 'agent-not-found', `There is no agent ${id}.`),
  lastAdmin: () => new Problem(409, 'last-admin', 'This is the last active admin; make another one first.'),
  notYourself: () => new Problem(409, 'not-yourself', 'You cannot deactivate yourself.'),
};

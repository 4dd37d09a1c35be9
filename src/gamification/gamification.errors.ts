import { Problem, validationProblem } from '../common/problem.js';

/** Everything that can be wrong with a request about points, boards, contests and kudos. */
export const gamificationErrors = {
  notYourPoints: () =>
    new Problem(403, 'not-your-points', 'Can only view the points of yourself or your team'),
  userNotFound: (id: number) => new Problem(404, 'user-not-found', `There is no user ${id}.`),
  agentNotFound: (id: number) => new Problem(404, 'agent-not-found', `There is no agent ${id}.`),
  notYourTeam: () => new Problem(403, 'not-your-team', 'Can only see and set the targets of your own team'),
  unknownTeam: () =>
    validationProblem([
      { field: 'team_id', code: 'unknown_team', message: 'must be the id of an active manager' },
    ]),
  contestNotFound: (id: number) => new Problem(404, 'contest-not-found', `There is no contest ${id}.`),
  kudosCap: (cap: number) =>
    new Problem(
      409,
      'kudos-cap',
      `Kudos can be given ${cap} times a day, and once a day to the same person.`,
    ),
  kudosToYourself: () =>
    validationProblem([{ field: 'to_user_id', code: 'yourself', message: 'must be somebody else' }]),
  kudosToNobody: () =>
    validationProblem([{ field: 'to_user_id', code: 'unknown_user', message: 'must be an active user' }]),
  rangeMissing: () =>
    validationProblem([
      { field: 'from', code: 'required', message: 'must be given with to when period is custom' },
    ]),
  rangeEndsBeforeStart: (field: string) =>
    validationProblem([{ field, code: 'ends_before_start', message: 'must not be before the first day' }]),
  contestInThePast: () =>
    validationProblem([{ field: 'starts_on', code: 'in_the_past', message: 'must not lie in the past' }]),
  unknownTeams: () =>
    validationProblem([
      { field: 'team_ids', code: 'unknown_team', message: 'must be ids of managers that you may see' },
    ]),
  unknownRule: (rule: string) =>
    validationProblem([{ field: 'rules', code: 'unknown_rule', message: `${rule} is not a rule` }]),
};

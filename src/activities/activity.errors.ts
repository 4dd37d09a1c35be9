import { Problem, validationProblem } from '../common/problem.js';

/** Everything that can be wrong with a request about an activity. */
export const activityErrors = {
  notFound: (id: number) => new Problem(404, 'activity-not-found', `There is no activity ${id}.`),
  notYours: () =>
    new Problem(403, 'activity-not-yours', 'Can only change activities that you logged yourself'),
  settled: (minutes: number) =>
    new Problem(
      409,
      'activity-settled',
      `Activities can be changed or undone for ${minutes} minutes; this one is older.`,
    ),
  alreadyDone: (id: number) => new Problem(409, 'activity-done', `Activity ${id} is done already.`),
  nothingToUpdate: () => new Problem(400, 'no-fields', 'No fields provided for update'),
  notInTeam: () =>
    validationProblem([{ field: 'agent_id', code: 'not_yours_to_see', message: 'is nobody of your team' }]),
};

import { Problem, validationProblem } from '../common/problem.js';

/** Everything that can be wrong with a request about a saved view. */
export const viewErrors = {
  notFound: (id: number) => new Problem(404, 'view-not-found', `There is no view ${id} that you see.`),
  notYoursToChange: () =>
    new Problem(403, 'view-not-yours', 'Only its owner can change a view; of shared ones admins, too'),
  notYoursToShare: () =>
    new Problem(403, 'view-not-yours-to-share', 'Only managers and admins can share views'),
  noTeam: () =>
    validationProblem([{ field: 'scope', code: 'no_team', message: 'can be team only for managers' }]),
  nameTaken: (name: string) =>
    new Problem(409, 'view-name-taken', `There is a view named “${name}” here already.`),
  tooMany: (limit: number) =>
    new Problem(409, 'too-many-views', `You have ${limit} views; delete one that you do not need.`),
  unknownView: () =>
    validationProblem([
      { field: 'leads_view_id', code: 'unknown_view', message: 'must be a view that you see' },
    ]),
};

import { FieldError, Problem, validationProblem } from '../common/problem.js';

type AudienceField = 'agent_id' | 'team_id';

const notYours = (field: AudienceField, whose: string): { errors: FieldError[] } => ({
  errors: [{ field, code: 'not_yours', message: `must be of ${whose}` }],
});

/** Everything that can be wrong with a question about figures. */
export const analyticsErrors = {
  agentNotFound: (id: number) => new Problem(404, 'agent-not-found', `There is no agent ${id}.`),
  /** @param field what was sent that names somebody else */
  notYourFigures: (field: AudienceField) =>
    new Problem(403, 'not-your-figures', 'Can only view your own performance', notYours(field, 'yourself')),
  notYourTeam: (field: AudienceField) =>
    new Problem(
      403,
      'not-your-team',
      'Can only view the figures of your own team',
      notYours(field, 'your own team'),
    ),
  noSuchCell: (report: string) =>
    validationProblem([{ field: 'cell', code: 'unknown_cell', message: `is no figure of ${report}` }]),
  rangeEndsBeforeStart: () =>
    validationProblem([{ field: 'to', code: 'ends_before_start', message: 'must not be before from' }]),
  rangeTooLong: (days: number) =>
    validationProblem([
      { field: 'to', code: 'range_too_long', message: `must be within ${days} days of from` },
    ]),
};

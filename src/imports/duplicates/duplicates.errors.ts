import { Problem, validationProblem } from '../../common/problem.js';

/** Everything that can be wrong with a request about duplicates. */
export const duplicateErrors = {
  mergeWithItself: () =>
    validationProblem([
      { field: 'lead_ids', code: 'survivor_among_others', message: 'must not hold the lead itself' },
    ]),
  choiceElsewhere: (field: string) =>
    validationProblem([
      {
        field: `fields.${field}`,
        code: 'not_merged',
        message: 'must be the id of one of the leads that are merged',
      },
    ]),
  mergeNotFound: (id: number) => new Problem(404, 'merge-not-found', `There is no merge ${id}.`),
  undoneAlready: (id: number) => new Problem(409, 'merge-undone', `Merge ${id} was undone already.`),
  pairNotDismissed: () =>
    new Problem(404, 'pair-not-dismissed', 'Nobody has said that these two are different practices.'),
  pairNotFound: () => new Problem(404, 'pair-not-found', 'These two are no open pair of duplicates.'),
};

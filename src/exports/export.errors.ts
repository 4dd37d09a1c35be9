import { Problem, validationProblem } from '../common/problem.js';

/** Everything that can be wrong with a request about an export. */
export const exportErrors = {
  notFound: (id: number) => new Problem(404, 'export-not-found', `There is no export ${id} of yours.`),
  tooMany: (limit: number) =>
    new Problem(409, 'too-many-exports', `You have ${limit} exports under way; wait for one or cancel it.`),
  notDone: (id: number) => new Problem(409, 'export-not-done', `Export ${id} has no file yet.`),
  isOver: (id: number) =>
    new Problem(409, 'export-over', `Export ${id} has ended; there is nothing to cancel.`),
  fileGone: (id: number) =>
    new Problem(404, 'export-file-gone', `The file of export ${id} has expired; export again.`),
  columnNotYours: (column: string) =>
    validationProblem([
      { field: 'columns', code: 'column_not_yours', message: `${column} is only for managers and admins` },
    ]),
};

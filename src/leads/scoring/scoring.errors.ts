import { Problem } from '../../common/problem.js';

/** Everything that can be wrong with a request about scoring. */
export const scoringErrors = {
  notFound: (version: number) =>
    new Problem(404, 'scoring-version-not-found', `There is no version ${version} of the scoring rules.`),
  activeAlready: (version: number) =>
    new Problem(
      409,
      'scoring-version-active',
      `Version ${version} of the scoring rules is in force already.`,
    ),
};

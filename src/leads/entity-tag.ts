import { validationProblem } from '../common/problem.js';

/** The ETag of a lead at a version (RFC 9110, strong). */
export const entityTag = (version: number): string => `"${version}"`;

/**
 * The versions that an If-Match header accepts.
 *
 * @returns undefined when any version will do: no header, or `*`
 * @throws Problem 422 when the header is not a list of our ETags
 */
export function versionsOf(ifMatch: string | undefined): number[] | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const versions = ifMatch.split(',').map((tag) => /^\s*(?:W\/)?"(\d{1,9})"\s*$/.exec(tag)?.[1]);
  if (versions.some((version) => version === undefined)) {
    throw validationProblem([
      { field: 'If-Match', code: 'invalid_etag', message: 'must be the ETag you were given, such as "7"' },
    ]);
  }
  return versions.map(Number);
}

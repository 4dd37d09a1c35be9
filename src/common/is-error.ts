import { isNativeError } from 'node:util/types';

/** Errors of another realm are no instances of ours, and those of some libraries are no native ones. */
export function isError(thrown: unknown): thrown is Error {
  return thrown instanceof Error || isNativeError(thrown);
}

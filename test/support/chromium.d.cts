/** Path of the browser for the tests. */
export const CHROMIUM: string;

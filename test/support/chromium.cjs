const { existsSync } = require('node:fs');

/** The headless shell paints no window around the page: half the processor time. */
const INSTALLED = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** Path of the browser for the tests; undefined when there is none. */
module.exports.CHROMIUM = (process.env.CHROMIUM ? [process.env.CHROMIUM] : INSTALLED).find((path) =>
  existsSync(path),
);

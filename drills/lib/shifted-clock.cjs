// Loaded into an instance by --require: its clock is off by the seconds that a file says, from one moment to the next.
const { readFileSync } = require('node:fs');

const file = process.env.DRILL_CLOCK_FILE;
const RealDate = Date;
let shift = 0;
setInterval(() => {
  shift = Number(readFileSync(file, 'utf8')) * 1000;
}, 100).unref();

globalThis.Date = class ShiftedDate extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + shift);
    else super(...parts);
  }
  static now() {
    return RealDate.now() + shift;
  }
};

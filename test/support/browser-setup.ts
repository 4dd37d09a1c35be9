// A page takes longer than an answer, most of all while two cores do everything.
jest.setTimeout(90_000);
// One more chance on a machine that stalled; what went wrong the first time is printed, and a real fault fails twice.
jest.retryTimes(1, { logErrorsBeforeRetry: true });

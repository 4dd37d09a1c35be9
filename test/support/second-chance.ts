// One more chance on a machine that stalled; what went wrong the first time is printed, and a real fault fails twice.
jest.retryTimes(1, { logErrorsBeforeRetry: true });

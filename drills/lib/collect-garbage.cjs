// Loaded into an instance by --require, with --expose-gc: on SIGUSR2 it says how much its heap holds that is still used.
process.on('SIGUSR2', () => {
  globalThis.gc();
  console.log(`Heap in use: ${process.memoryUsage().heapUsed}`);
});

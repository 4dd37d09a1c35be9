import { createRequire } from 'node:module';

let end: (() => Promise<void>) | undefined;

// Before anything that is to be followed is loaded; and where nobody asks for traces, nothing of it is.
if (process.env['OTEL_EXPORTER_OTLP_ENDPOINT']) {
  const { follow } = createRequire(__filename)('./trace-provider.js') as typeof import('./trace-provider.js');
  end = follow();
}

/** Sends what is left. Does nothing where there are no traces; a collector that is away holds nobody up. */
export async function stopTracing(): Promise<void> {
  await end?.().catch(() => undefined);
}

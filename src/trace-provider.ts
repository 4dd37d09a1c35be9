import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { version } from './common/version.js';

/** Asked for every few seconds by machines, and by sockets: nothing that anybody follows. */
const UNTRACED = /^\/(health|metrics|socket\.io)\b/;

/**
 * Follows requests, statements and calls to others, and sends what it saw by OTLP over HTTP. Address, headers and sampling are
 * those of the standard's environment variables.
 *
 * @returns how to send what is left, and end
 */
export function follow(): () => Promise<void> {
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.name': process.env['OTEL_SERVICE_NAME'] ?? 'rota',
      'service.version': version,
    }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  registerInstrumentations({
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: ({ url }) => UNTRACED.test(url ?? ''),
        // A search may be for a person.
        applyCustomAttributesOnSpan: (span) => {
          for (const name of ['url.query', 'url.full', 'http.url', 'http.target'])
            span.setAttribute(name, '');
        },
      }),
      // Looking for work is no work; values of statements stay out by default.
      new PgInstrumentation({ requireParentSpan: true }),
    ],
  });
  return () => provider.shutdown();
}

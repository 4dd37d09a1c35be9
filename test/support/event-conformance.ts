import Ajv2020, { ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

interface AsyncApiDocument {
  components: { messages: Record<string, { name: string; payload: object }> };
}

const known = new Map<string, Promise<EventConformance>>();

/** Holds events against the application's own AsyncAPI document. */
export class EventConformance {
  private readonly validators = new Map<string, ValidateFunction>();

  private constructor(
    readonly document: AsyncApiDocument,
    api: object,
  ) {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(ajv);
    ajv.addSchema(api, 'http://rota/openapi.json');
    for (const { name, payload } of Object.values(document.components.messages)) {
      this.validators.set(name, ajv.compile({ ...payload, $id: `http://rota/${name}` }));
    }
  }

  /** Read once for each address. */
  static of(url: string): Promise<EventConformance> {
    const read = async (path: string) => (await (await fetch(url + path)).json()) as object;
    const conformance =
      known.get(url) ??
      Promise.all([read('/asyncapi.json'), read('/openapi.json')]).then(
        ([events, api]) => new EventConformance(events as AsyncApiDocument, api),
      );
    known.set(url, conformance);
    return conformance;
  }

  /** @throws Error that says what the document promised and what came instead */
  check(events: { type: string }[]): void {
    for (const event of events) {
      const validate = this.validators.get(event.type);
      if (validate?.(event)) continue;
      const faults = validate?.errors?.map((error) => `${error.instancePath} ${error.message}`) ?? [
        'no such event',
      ];
      throw new Error(
        `An event is not as the AsyncAPI document says:\n  ${faults.join('\n  ')}\n${JSON.stringify(event, null, 2)}`,
      );
    }
  }
}

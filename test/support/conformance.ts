import Ajv2020, { ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export interface ApiOperation {
  method: string;
  /** With braces: `/api/v1/leads/{id}`. */
  path: string;
  operationId: string;
  summary?: string;
  tags?: string[];
  security?: unknown[];
  parameters?: { name: string; in: string; required?: boolean; schema: object }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}

export interface ApiDocument {
  openapi: string;
  paths: Record<string, Record<string, Omit<ApiOperation, 'method' | 'path'>>>;
  components: { schemas: Record<string, Schema> };
}

type Schema = { [keyword: string]: unknown };

interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: unknown;
}

/** Holds answers against the application's own API document; a field that it does not name counts as wrong. */
export class Conformance {
  readonly operations: ApiOperation[];
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly validators = new Map<string, ValidateFunction>();

  constructor(readonly document: ApiDocument) {
    addFormats(this.ajv);
    // The contract is stricter than RFC 3339: times are UTC and say so with a Z.
    this.ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    this.operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        ...operation,
        method: method.toUpperCase(),
        path,
      })),
    );
    this.ajv.addSchema({ ...closed(document as unknown as Schema), $id: 'api' });
  }

  static async of(url: string): Promise<Conformance> {
    return new Conformance((await (await fetch(`${url}/openapi.json`)).json()) as ApiDocument);
  }

  find(method: string, path: string): ApiOperation | undefined {
    const fits = this.operations.filter(
      (operation) => operation.method === method && matches(operation.path, path),
    );
    // A literal part is preferred to a parameter, as routers do.
    return fits.sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0];
  }

  /** @throws Error that says what the document promised and what came instead */
  check(method: string, path: string, answer: Answer): void {
    const fail = (reason: string): never => {
      throw new Error(
        `${method} ${path} answered ${answer.status} against the API document: ${reason}\n${answer.text.slice(0, 2000)}`,
      );
    };
    const operation = this.find(method, path);
    if (!operation) {
      if (answer.status < 400 && method !== 'OPTIONS') fail('the route is not in it');
      return;
    }
    const documented = operation.responses[answer.status];
    if (!documented) {
      fail(`it knows only ${Object.keys(operation.responses).join(', ')}`);
      return;
    }
    const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
    const types = Object.keys(documented.content ?? {});
    if (types.length === 0) {
      if (answer.text !== '') fail('it promises no body');
      return;
    }
    if (!types.includes(type)) fail(`it promises ${types.join(' or ')}, not ${type}`);
    const validate = this.validator(operation, answer.status, type);
    const value = type.endsWith('json') ? answer.body : answer.text;
    if (!validate(value)) {
      const faults = validate.errors?.map(
        (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
      );
      fail(`\n  ${faults?.join('\n  ')}`);
    }
  }

  private validator(operation: ApiOperation, status: number, type: string): ValidateFunction {
    const method = operation.method.toLowerCase();
    const parts = ['paths', operation.path, method, 'responses', String(status), 'content', type, 'schema'];
    const pointer = parts
      .map((part) => part.replace(/~/g, '~0').replace(/\//g, '~1'))
      .map(encodeURIComponent);
    const reference = `api#/${pointer.join('/')}`;
    const validate = this.validators.get(reference) ?? this.ajv.compile({ $ref: reference });
    this.validators.set(reference, validate);
    return validate;
  }
}

function matches(template: string, path: string): boolean {
  const wanted = template.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => (part.startsWith('{') ? given[index] !== '' : part === given[index]))
  );
}

/** The same schemas, with objects that hold nothing but what they name. */
function closed<Node>(node: Node): Node {
  if (Array.isArray(node)) return node.map(closed) as Node;
  if (node === null || typeof node !== 'object') return node;
  const mapped = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  const isOpenObject =
    mapped['type'] === 'object' && mapped['properties'] && !('additionalProperties' in mapped);
  return (isOpenObject ? { ...mapped, additionalProperties: false } : mapped) as Node;
}

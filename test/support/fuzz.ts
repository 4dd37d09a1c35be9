import fc from 'fast-check';
import { ApiDocument, ApiOperation } from './conformance.js';
import { anyText, type Json, junk, NASTY_TIMES } from './nasty-values.js';
import { RawRequest } from './raw-request.js';

interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: Json[];
  example?: Json;
  anyOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
}

interface QueryParameter {
  name: string;
  schema: Schema;
  required?: boolean;
}

/** What requests are made of: values as the API document describes them, and values as nobody expects them. */
export class RequestFuzzer {
  /** @param ids of records that are there, so that requests find something to work on */
  constructor(
    private readonly document: ApiDocument,
    private readonly ids: readonly number[],
  ) {}

  requestTo(operation: ApiOperation): fc.Arbitrary<RawRequest> {
    const { method, path, parameters = [] } = operation;
    const inPath = parameters.filter((parameter) => parameter.in === 'path');
    const inQuery = parameters.filter((parameter) => parameter.in === 'query') as QueryParameter[];
    const inHeader = parameters.filter((parameter) => parameter.in === 'header');
    return fc
      .record({
        path: fc.tuple(...inPath.map(({ name, schema }) => this.pathPart(name, schema))),
        query: this.query(inQuery),
        headers: fc.tuple(...inHeader.map(({ name, schema }) => this.header(name, schema))),
        body: this.body(operation),
      })
      .map(({ path: parts, query, headers, body }) => ({
        method,
        target: parts.reduce((target, part) => target.replace(/\{\w+\}/, () => part), path) + query,
        headers: { ...Object.fromEntries(headers.flat()), ...body.headers },
        body: body.text,
      }));
  }

  private pathPart(name: string, schema: Schema): fc.Arbitrary<string> {
    return fc.oneof(
      { weight: 6, arbitrary: this.valid(schema, name).map(asText).map(encode) },
      { weight: 2, arbitrary: anyText.map(encode) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('%', '%zz', '%ff%fe', '%00', '..', '%2e%2e', '%2F', '0x1', '1.0', '+1'),
      },
    );
  }

  private query(parameters: QueryParameter[]): fc.Arbitrary<string> {
    const good = parameters.map(({ name, schema, required }) =>
      fc.option(
        this.valid(schema, name).map((value) => `${name}=${encode(asText(value))}`),
        { nil: undefined, freq: required ? 9 : 1 },
      ),
    );
    const mostlyGood = fc.tuple(...good).map((pairs) => pairs.filter((pair) => pair !== undefined));
    const names = parameters.length > 0 ? parameters.map(({ name }) => name) : ['q'];
    const bad = fc.array(fc.oneof(this.badPair(names), ...good), { minLength: 1, maxLength: 4 });
    return fc
      .oneof({ weight: 3, arbitrary: mostlyGood }, { weight: 2, arbitrary: bad })
      .chain((pairs) => fc.constantFrom(pairs, pairs, pairs, [...pairs, ...pairs]))
      .map((pairs) => (pairs.length > 0 ? `?${pairs.filter(Boolean).join('&')}` : ''));
  }

  private badPair(names: string[]): fc.Arbitrary<string> {
    const ends = ['', '=', '[]=1', '[a]=b', '[__proto__]=1', '=%', '=%ff', '=1,,2,', '=+'];
    return fc.oneof(
      fc.tuple(fc.constantFrom(...names), anyText).map(([name, text]) => `${name}=${encode(text)}`),
      fc.tuple(fc.constantFrom(...names), fc.constantFrom(...ends)).map(([name, end]) => name + end),
      fc.constantFrom(
        '__proto__=1',
        'constructor=1',
        'hasOwnProperty=1',
        '=',
        '&&',
        '%',
        'id=1',
        'a[b][c]=d',
      ),
      fc.tuple(anyText, anyText).map(([name, value]) => `${encode(name)}=${encode(value)}`),
    );
  }

  private header(name: string, schema: Schema): fc.Arbitrary<[string, string][]> {
    const text = fc.oneof(
      this.valid(schema, name).map(asText),
      fc.constantFrom('*', '"1"', 'W/"1"', '"1", "2"', '1', '""', 'web', 'x'.repeat(300), 'k'),
      anyText,
    );
    // What no HTTP client would let through is left out.
    const allowed = text.map((value) => value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '').slice(0, 4_000));
    return fc
      .option(
        allowed.map((value): [string, string] => [name, value]),
        { nil: undefined },
      )
      .map((pair) => (pair ? [pair] : []));
  }

  private body({
    method,
    requestBody,
  }: ApiOperation): fc.Arbitrary<{ text?: string | Buffer; headers: Record<string, string> }> {
    const json = { 'content-type': 'application/json' };
    const none = fc.constant({ headers: {} });
    if (method === 'GET') return none;
    const schema = (requestBody?.content['application/json']?.schema ?? {}) as Schema;
    const value = this.mutated(this.valid(schema));
    return fc.oneof(
      {
        weight: requestBody ? 16 : 2,
        arbitrary: value.map((body) => ({ text: JSON.stringify(body), headers: json })),
      },
      {
        weight: 1,
        arbitrary: value.map((body) => ({ text: tampered(JSON.stringify(body)), headers: json })),
      },
      { weight: 1, arbitrary: junk.map((body) => ({ text: JSON.stringify(body), headers: json })) },
      { weight: 1, arbitrary: fc.constantFrom(...MALFORMED).map((text) => ({ text, headers: json })) },
      {
        weight: 1,
        arbitrary: fc
          .constantFrom(...TYPES)
          .map((type) => ({ text: '{}', headers: { 'content-type': type } })),
      },
      { weight: requestBody ? 1 : 6, arbitrary: none },
    );
  }

  /** A value that the schema allows; not all of them are: formats and examples stand for what only the code knows. */
  private valid(schema: Schema, name = ''): fc.Arbitrary<Json> {
    if (schema.$ref) return this.valid(this.resolve(schema.$ref), name);
    if (schema.allOf?.[0]) return this.valid(schema.allOf[0], name);
    if (schema.anyOf) return fc.oneof(...schema.anyOf.map((option) => this.valid(option, name)));
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if (Array.isArray(schema.type)) {
      return fc.oneof(...schema.type.map((type) => this.valid({ ...schema, type }, name)));
    }
    switch (schema.type) {
      case 'object':
        return this.object(schema);
      case 'array':
        return fc.array(this.valid(schema.items ?? {}, name), {
          minLength: schema.minItems ?? 0,
          maxLength: 5,
        });
      case 'integer':
      case 'number':
        return this.integer(schema, name);
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'string':
        return this.text(schema);
      default:
        return junk;
    }
  }

  /** What is required and a few of the other fields: each more is one more reason to be refused. */
  private object({ properties = {}, required = [] }: Schema): fc.Arbitrary<Json> {
    const optional = Object.keys(properties).filter((name) => !required.includes(name));
    return fc.subarray(optional, { maxLength: Math.min(optional.length, 4) }).chain((chosen) => {
      const names = [...required, ...chosen];
      const model = names.map((name) => [name, this.valid(properties[name] ?? {}, name)] as const);
      return fc.record(Object.fromEntries(model)) as fc.Arbitrary<Json>;
    });
  }

  private integer({ minimum = 0, maximum }: Schema, name: string): fc.Arbitrary<Json> {
    const inRange = fc.integer({ min: minimum, max: maximum ?? minimum + 50 });
    return /(^|_)ids?$/.test(name)
      ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...this.ids) }, inRange)
      : inRange;
  }

  private text({ format, example, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<Json> {
    if (format === 'date-time') return fc.constantFrom(...NASTY_TIMES);
    if (format === 'uuid') return fc.uuid();
    if (format === 'email') return fc.stringMatching(/^[a-z]{5,20}$/).map((name) => `${name}@example.com`);
    const text = fc.string({
      unit: 'grapheme',
      minLength,
      maxLength: Math.max(minLength, Math.min(maxLength, 40)),
    });
    if (typeof example !== 'string') return text;
    const time = /^\d{4}-\d\d-\d\dT/.test(example) ? NASTY_TIMES : [example];
    return fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...time) }, text);
  }

  /** As it is, or with one or two of its values replaced, taken away or added. */
  private mutated(value: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
    const change = fc.record({
      at: fc.nat(),
      value: junk,
      how: fc.constantFrom('replace', 'remove', 'add'),
      name: anyText,
    });
    const changes = fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 3, arbitrary: fc.array(change, { minLength: 1, maxLength: 2 }) },
    );
    return fc.tuple(value, changes).map(([original, list]) =>
      list.reduce<Json>((current, { at, value: next, how, name }) => {
        if (Array.isArray(current)) {
          const index = at % (current.length + 1);
          return current.toSpliced(index, how === 'add' ? 0 : 1, next);
        }
        if (current === null || typeof current !== 'object') return next;
        const entries = Object.entries(current);
        if (how === 'add' || entries.length === 0) return Object.fromEntries([...entries, [name, next]]);
        const index = at % entries.length;
        const key = entries[index]?.[0] ?? name;
        return Object.fromEntries(
          entries.toSpliced(index, 1, ...(how === 'remove' ? [] : [[key, next] as [string, Json]])),
        );
      }, original),
    );
  }

  private resolve(reference: string): Schema {
    return (this.document.components.schemas[reference.split('/').at(-1) ?? ''] ?? {}) as Schema;
  }
}

/** Bodies that JSON.stringify never writes. */
const MALFORMED: (string | Buffer)[] = [
  '',
  ' ',
  '{',
  '{"a":}',
  '[1,]',
  'nul',
  '{"score": 1e999, "providers": -0}',
  '{"score": 01}',
  '\ufeff{}',
  '{"city": "a", "city": {"b": 1}}',
  '{"__proto__": {"role": "admin"}}',
  '{"\\u005f_proto__": {"role": "admin"}}',
  '{"constructor": {"prototype": {"x": 1}}}',
  '{"city": "\\ud800"}',
  '{"city": "\\u0000"}',
  Buffer.from([0x7b, 0x22, 0x63, 0x69, 0x74, 0x79, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
  Buffer.from('{"city": "x"}', 'utf16le'),
  '['.repeat(20_000),
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `{"city": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
  `${'{"filter":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
  `{"practice_name": "${'x'.repeat(200_000)}"}`,
  `{"ids": [${'1,'.repeat(20_000)}1]}`,
  `[${'{},'.repeat(999)}{}]`,
  `[${'{},'.repeat(1000)}{}]`,
];

const TYPES = [
  'text/plain',
  'application/json; charset=latin1',
  'application/json;',
  'application/jsonp',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'nonsense',
  '',
];

/** Two keys alike, and a number that no double holds. */
function tampered(text: string): string {
  return text.startsWith('{') && text.length > 2
    ? `${text.slice(0, -1)},${text.slice(1, -1)}}`
    : text.replace(/\d+/, '1e400');
}

const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** As encodeURIComponent, which refuses halves of surrogate pairs; cut to what a server reads of an address. */
function encode(text: string): string {
  const bytes = Buffer.from(text.slice(0, 4_000), 'utf8').toString('utf8');
  return encodeURIComponent(bytes)
    .slice(0, 6_000)
    .replace(/%[0-9A-F]?$/, '');
}

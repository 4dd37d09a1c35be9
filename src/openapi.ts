import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { FieldErrorDto, PROBLEM_SCHEMA_REF, ProblemDto } from './common/api-problems.js';
import { PROBLEM_TITLES } from './common/problem.js';
import { version } from './common/version.js';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
interface Operation {
  responses: Record<string, unknown>;
  requestBody?: unknown;
  parameters?: { in: string }[];
  security?: object[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** OpenAPI 3.1 of every route, generated from the controllers and DTOs. */
export function buildApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Rota')
    .setDescription('Leads from the national provider registry: edited, handed out fairly, explained.')
    .setVersion(version)
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .addApiKey(
      {
        type: 'apiKey',
        in: 'header',
        name: 'X-Api-Key',
        description: 'For programs; also as a bearer token.',
      },
      'apiKey',
    )
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [ProblemDto, FieldErrorDto],
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method] as Operation | undefined;
      if (operation) addCommonProblems(method, operation);
    }
  }
  // Problems may carry members of their own, such as the id of the lead that has the NPI already.
  Object.assign(document.components?.schemas?.['ProblemDto'] ?? {}, { additionalProperties: true });
  return withTypeArrays(document as unknown as Json) as unknown as OpenAPIObject;
}

/** `/docs` for people, `/openapi.json` for programs; built on the first request for it. */
export function serveApiDocumentation(app: NestFastifyApplication): void {
  let document: OpenAPIObject | undefined;
  SwaggerModule.setup(
    'docs',
    app,
    () => {
      document ??= buildApiDocument(app);
      return document;
    },
    { jsonDocumentUrl: 'openapi.json', yamlDocumentUrl: 'openapi.yaml', customSiteTitle: 'Rota API' },
  );
}

/** Problems that follow from what a route is: signed in, with an id, of a method that may carry a body. */
function addCommonProblems(method: (typeof METHODS)[number], operation: Operation): void {
  const isOpen = (operation.security ?? []).some((requirement) => Object.keys(requirement).length === 0);
  const takesInput = Boolean(operation.requestBody) || (operation.parameters ?? []).length > 0;
  const isOfRow = (operation.parameters ?? []).some((parameter) => parameter.in === 'path');
  const statuses = [
    ...(isOpen ? [] : [401, 403]),
    ...(takesInput ? [400, 422] : []),
    // A body is read before it is known whether anybody wants it.
    ...(method === 'get' ? [] : [400, 413, 415]),
    // No id is as long as what a path may hold.
    ...(isOfRow ? [413] : []),
    503,
  ];
  for (const status of statuses) {
    operation.responses[status] ??= {
      description: PROBLEM_TITLES[status],
      content: { 'application/problem+json': { schema: { $ref: PROBLEM_SCHEMA_REF } } },
    };
  }
}

/** OpenAPI 3.1 writes `nullable` as a type array; the decorators still speak 3.0. */
function withTypeArrays(node: Json): Json {
  if (Array.isArray(node)) return node.map(withTypeArrays);
  if (node === null || typeof node !== 'object') return node;
  const { nullable, ...rest } = node;
  const mapped = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, withTypeArrays(value)]));
  if (nullable !== true) return mapped;
  if (typeof mapped['type'] === 'string') {
    const values = mapped['enum'];
    return {
      ...mapped,
      type: [mapped['type'], 'null'],
      ...(Array.isArray(values) ? { enum: [...values, null] } : {}),
    };
  }
  return { anyOf: [mapped, { type: 'null' }] };
}

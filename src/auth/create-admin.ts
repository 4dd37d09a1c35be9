import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Problem } from '../common/problem.js';
import { createValidationPipe } from '../common/validation.pipe.js';
import { ConfigModule } from '../config/config.module.js';
import { Env, InvalidEnvironmentError, readEnv } from '../config/env.js';
import { DatabaseModule } from '../database/database.module.js';
import { migrate } from '../database/migrate.js';
import { openDatabaseBeside } from '../database/open-database.js';
import { UserRole } from '../enums/index.js';
import { OutboxModule } from '../outbox/outbox.module.js';
import { CreateUserDto } from '../users/dto/create-user.dto.js';
import { UsersModule } from '../users/users.module.js';
import { UsersService } from '../users/users.service.js';
import { readPassword } from './read-password.js';

const USAGE = `Creates an admin:
  npm run admin:create -- --username NAME --email ADDRESS --full-name "FULL NAME"
The password is taken from ADMIN_PASSWORD, or asked for, or read from standard input.`;

/** As much of Rota as creating a user takes. */
@Module({})
class CreateAdminModule {
  static register(env: Env, url: string): DynamicModule {
    const connection = { url, poolSize: 2, statementTimeoutMs: env.STATEMENT_TIMEOUT_MS };
    const imports = [
      ConfigModule.register(env),
      DatabaseModule.register(connection),
      OutboxModule,
      UsersModule,
    ];
    return { module: CreateAdminModule, imports };
  }
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      username: { type: 'string' },
      email: { type: 'string' },
      'full-name': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const env = readEnv(process.env);
  const body = {
    username: values.username,
    email: values.email,
    full_name: values['full-name'],
    password: await readPassword('Password: '),
    role: UserRole.ADMIN,
  };
  const dto = (await createValidationPipe().transform(body, {
    type: 'body',
    metatype: CreateUserDto,
  })) as CreateUserDto;
  await create(env, dto);
}

async function create(env: Env, dto: CreateUserDto): Promise<void> {
  const database = await openDatabaseBeside(env, (line) => console.error(line));
  try {
    await migrate(database.url);
    const app = await NestFactory.createApplicationContext(CreateAdminModule.register(env, database.url), {
      logger: false,
      abortOnError: false,
    });
    try {
      const admin = await app.get(UsersService).create({ id: null, role: UserRole.ADMIN }, dto);
      console.log(`Admin ${admin.username} can sign in now`);
    } finally {
      await app.close();
    }
  } finally {
    await database.close();
  }
}

run().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(explain(error));
    process.exit(1);
  },
);

/** What the operator can mend, without a stack; anything else whole. */
function explain(error: unknown): unknown {
  if (error instanceof Problem) {
    const faults = error.errors?.map(
      ({ field, message }) => `  ${field === 'password' ? '' : '--'}${field.replace('_', '-')}: ${message}`,
    );
    return faults ? `The admin was not created:\n${faults.join('\n')}\n\n${USAGE}` : error.detail;
  }
  if (error instanceof InvalidEnvironmentError) return error.message;
  const { name, message, code } = error as Error & { code?: string };
  const isExpected = name === 'DataDirInUseError' || code?.startsWith('ERR_PARSE_ARGS') === true;
  return isExpected ? message : error;
}

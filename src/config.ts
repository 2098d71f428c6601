import { z } from 'zod';

/** Every setting: its default, what it means, and how it is read. The only file that sees the environment. */

const loopback = /^(127\.|::1$|localhost$)/;

const settings = {
  ATTESTED_HOST: z.string().default('127.0.0.1').describe('Address to listen on.'),
  ATTESTED_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'write a port number, 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'write a port number, 0 to 65535')
    .default(3000)
    .describe('Port; PORT works too.'),
  ATTESTED_DATABASE_URL: z
    .string()
    .regex(
      /^(file:.+|postgres(ql)?:\/\/.+)/,
      'write file:./data/attested.db or postgres://user@host:5432/attested',
    )
    .default('file:./data/attested.db')
    .describe(
      'Where the register is kept: file:… for SQLite, postgres://… for PostgreSQL; of several hosts, host,host, the one that takes writes.',
    ),
  ATTESTED_REPLICA_URLS: z
    .string()
    .regex(
      /^postgres(ql)?:\/\/[^,]+(,postgres(ql)?:\/\/[^,]+)*$/,
      'write postgres://user@host:5432/attested, separated by commas',
    )
    .transform((urls) => urls.split(','))
    .default([])
    .describe('Streaming replicas that reads may go to, separated by commas.'),
  ATTESTED_POOL_SIZE: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'write a number of connections, 1 to 9999')
    .transform(Number)
    .default(10)
    .describe('Most connections to each PostgreSQL server.'),
  ATTESTED_READS: z
    .enum(['open', 'keyed'])
    .optional()
    .describe('Whether reads need a key; by default `open` on a loopback address, else `keyed`.'),
  ATTESTED_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('How much is logged.'),
  ATTESTED_CORS_ORIGINS: z
    .string()
    .regex(
      /^(\*|https?:\/\/[^\s,/]+(,https?:\/\/[^\s,/]+)*)$/,
      'write * or origins such as https://app.example.org, separated by commas, without a path',
    )
    .transform((origins) => (origins === '*' ? '*' : origins.split(',')))
    .default([])
    .describe('Origins whose pages may read answers, separated by commas; * for any; by default none.'),
  ATTESTED_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'write an address such as https://register.example.org' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .describe('Address under which clients reach the service: the server in the OpenAPI documents.'),
  ATTESTED_HOST_NAMES: z
    .string()
    .regex(
      /^[\w.-]+(,[\w.-]+)*$/,
      'write host names such as register.example.org, separated by commas, without a port',
    )
    .transform((names) => names.split(','))
    .optional()
    .describe(
      'Names under which the service is reached, separated by commas: with these, or on a loopback address, requests whose Host names another are refused (421); loopback names are always taken.',
    ),
};

export type Setting = keyof typeof settings;
export const settingDocs = Object.entries(settings).map(([name, schema]) => ({
  name,
  description: schema.description ?? '',
}));

export interface Config {
  host: string;
  port: number;
  databaseUrl: string;
  replicaUrls: string[];
  poolSize: number;
  openReads: boolean;
  logLevel: string;
  corsOrigins: '*' | string[];
  /** The names that Host may hold beside those of loopback; null for any. */
  hostNames: string[] | null;
  /** Null where the OpenAPI documents are to name no host. */
  publicUrl: string | null;
}

/** Reads the settings; flags of the command line win. Throws a message that names the setting and the fix. */
export function readConfig(env: NodeJS.ProcessEnv, flags: Partial<Record<Setting, string>> = {}): Config {
  const given: Record<string, string> = {};
  if (env.PORT) given.ATTESTED_PORT = env.PORT;
  for (const [name, value] of Object.entries({ ...env, ...flags })) {
    if (name.startsWith('ATTESTED_') && value !== undefined && value !== '') given[name] = value;
  }
  const result = z.strictObject(settings).safeParse(given);
  if (!result.success) {
    const lines = result.error.issues.map((issue) =>
      issue.code === 'unrecognized_keys'
        ? `unknown setting ${issue.keys.join(', ')}; there are ${Object.keys(settings).join(', ')}`
        : `${issue.path.join('.')}: ${issue.message}`,
    );
    throw new Error(`The configuration cannot be used: ${lines.join('; ')}`);
  }
  const values = result.data;
  if (values.ATTESTED_REPLICA_URLS.length > 0 && values.ATTESTED_DATABASE_URL.startsWith('file:')) {
    throw new Error(
      'The configuration cannot be used: ATTESTED_REPLICA_URLS: a register in a file has no replicas; set ATTESTED_DATABASE_URL to that of their primary',
    );
  }
  const isLocal = loopback.test(values.ATTESTED_HOST);
  return {
    host: values.ATTESTED_HOST,
    port: values.ATTESTED_PORT,
    databaseUrl: values.ATTESTED_DATABASE_URL,
    replicaUrls: values.ATTESTED_REPLICA_URLS,
    poolSize: values.ATTESTED_POOL_SIZE,
    openReads: values.ATTESTED_READS ? values.ATTESTED_READS === 'open' : isLocal,
    logLevel: values.ATTESTED_LOG_LEVEL,
    corsOrigins: values.ATTESTED_CORS_ORIGINS,
    hostNames: values.ATTESTED_HOST_NAMES ?? (isLocal ? [] : null),
    publicUrl: values.ATTESTED_PUBLIC_URL ?? null,
  };
}

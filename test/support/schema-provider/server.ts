/**
 * Providers that know their schemas and nothing else, for `terraform validate`.
 *
 * Terraform is told to talk to a provider that already runs instead of installing one.
 * @see https://developer.hashicorp.com/terraform/plugin/debugging#starting-a-provider-in-debug-mode
 */
import { join } from 'node:path';
import { Server, ServerCredentials, type ServiceDefinition, type sendUnaryData } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { TerraformJson } from '../synth';
import { PROVIDERS, readBinding, type Kind } from './binding';
import { EPHEMERAL_SCHEMAS } from './ephemeral';
import { schemaOf, type Attribute, type Block, type Schema } from './schema';

/** Servers of all providers that some stacks ask for. */
export interface RunningProviders {
  /** Environment of a Terraform process that is to use them. */
  readonly environment: { readonly TF_REATTACH_PROVIDERS: string };
  stop(): void;
}

const PROTOCOL = loadSync(join(__dirname, 'tfplugin6.proto'), { keepCase: true, enums: String });

/** Serves the schemas of the resource types and data sources that occur in the stacks, and no others. */
export async function startProviders(stacks: readonly TerraformJson[]): Promise<RunningProviders> {
  const running = await Promise.all(PROVIDERS.map((name) => startProvider(name, providerSchema(name, stacks))));
  const addresses = Object.fromEntries(running.map(({ name, port }) => [`hashicorp/${name}`, reattachment(port)]));
  return {
    environment: { TF_REATTACH_PROVIDERS: JSON.stringify(addresses) },
    stop: () => {
      for (const { server } of running) server.forceShutdown();
    },
  };
}

function reattachment(port: number): object {
  const address = { Network: 'tcp', String: `127.0.0.1:${port}` };
  return { Protocol: 'grpc', ProtocolVersion: 6, Pid: process.pid, Test: true, Addr: address };
}

type ByType = Readonly<Record<string, Schema>>;
interface ProviderSchema {
  readonly provider: Schema | undefined;
  readonly resource_schemas: ByType;
  readonly data_source_schemas: ByType;
  readonly ephemeral_resource_schemas: ByType;
}

function providerSchema(name: string, stacks: readonly TerraformJson[]): ProviderSchema {
  return {
    provider: schema('provider', name),
    resource_schemas: schemas(
      name,
      'resource',
      stacks.flatMap(({ resource }) => Object.keys(resource ?? {})),
    ),
    data_source_schemas: schemas(
      name,
      'data',
      stacks.flatMap(({ data }) => Object.keys(data ?? {})),
    ),
    ephemeral_resource_schemas: name === 'aws' ? EPHEMERAL_SCHEMAS : {},
  };
}

/** Types that the provider does not have are left out, so that Terraform refuses them. */
function schemas(provider: string, kind: Kind, types: readonly string[]): Record<string, Schema> {
  const own = [...new Set(types)].filter((type) => type.startsWith(`${provider}_`));
  return Object.fromEntries(
    own.flatMap((type) => {
      const found = schema(kind, type);
      return found === undefined ? [] : [[type, found]];
    }),
  );
}

function schema(kind: Kind, type: string): Schema | undefined {
  const binding = readBinding(kind, type);
  return binding && schemaOf(binding);
}

async function startProvider(
  name: string,
  answer: ProviderSchema,
): Promise<{ name: string; server: Server; port: number }> {
  const server = new Server();
  const wire = onWire(answer);
  const noObjection = (_call: unknown, reply: sendUnaryData<object>) => {
    reply(null, {});
  };
  server.addService(PROTOCOL['tfplugin6.Provider'] as ServiceDefinition, {
    GetProviderSchema: (_call: unknown, reply: sendUnaryData<object>) => {
      reply(null, wire);
    },
    ValidateProviderConfig: noObjection,
    ValidateResourceConfig: noObjection,
    ValidateDataResourceConfig: noObjection,
    ValidateEphemeralResourceConfig: noObjection,
    StopProvider: noObjection,
  });
  return { name, server, port: await listen(server) };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}

/** The answer as the protocol has it: types of attributes are JSON in bytes. */
function onWire(answer: ProviderSchema): object {
  const all = (schemas: ByType) =>
    Object.fromEntries(Object.entries(schemas).map(([name, it]) => [name, wireSchema(it)]));
  return {
    provider: answer.provider && wireSchema(answer.provider),
    resource_schemas: all(answer.resource_schemas),
    data_source_schemas: all(answer.data_source_schemas),
    ephemeral_resource_schemas: all(answer.ephemeral_resource_schemas),
  };
}

const wireSchema = (schema: Schema) => ({ ...schema, block: wireBlock(schema.block) });

function wireBlock({ attributes, block_types }: Block): object {
  return {
    attributes: attributes.map(wireAttribute),
    block_types: block_types.map((it) => ({ ...it, block: wireBlock(it.block) })),
  };
}

function wireAttribute({ type, nested_type, ...usage }: Attribute): object {
  return {
    ...usage,
    ...(type !== undefined && { type: Buffer.from(JSON.stringify(type)) }),
    ...(nested_type && { nested_type: { ...nested_type, attributes: nested_type.attributes.map(wireAttribute) } }),
  };
}

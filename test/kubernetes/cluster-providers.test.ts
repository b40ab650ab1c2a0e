import { synth } from '../support/synth';
import { clusterStack, terraformProblems } from './support/platform';

test('both providers ask the AWS command line for a token each time, and no token is written down', async () => {
  const json = synth(clusterStack(() => undefined));
  const exec = {
    api_version: 'client.authentication.k8s.io/v1',
    command: 'aws',
    args: ['eks', 'get-token', '--cluster-name', 'theirs', '--region', expect.stringMatching(/aws_region/) as string],
  };
  const access = { host: 'https://theirs.example', cluster_ca_certificate: '${base64decode("Y2VydA==")}' };
  expect(json.provider?.['kubernetes']).toEqual([{ ...access, exec: [exec] }]);
  expect(json.provider?.['helm']).toEqual([{ kubernetes: { ...access, exec } }]);
  expect(await terraformProblems(json)).toEqual([]);
});

import { parse } from 'yaml';
import { localStorageUserData } from '../../lib/aws/node-user-data';

test('user data is one MIME part that asks nodeadm for RAID0 over all NVMe disks', () => {
  const text = Buffer.from(localStorageUserData(), 'base64').toString();
  const [, boundary = ''] = /^Content-Type: multipart\/mixed; boundary="(.+)"$/m.exec(text) ?? [];
  const [head = '', part = '', end = ''] = text.split(`--${boundary}`);
  const [type = '', ...body] = part.trim().split('\n\n');
  expect(head).toMatch(/^MIME-Version: 1\.0\n/);
  expect(end).toBe('--\n');
  expect(type).toBe('Content-Type: application/node.eks.aws');
  expect(parse(body.join('\n\n'))).toEqual({
    apiVersion: 'node.eks.aws/v1alpha1',
    kind: 'NodeConfig',
    spec: { instance: { localStorage: { strategy: 'RAID0' } } },
  });
});

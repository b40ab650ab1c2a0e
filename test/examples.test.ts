import { readFileSync } from 'node:fs';
import { build as existingNetwork } from '../examples/existing-network/main';
import { environment as refused } from '../examples/refused/main';
import { buildEnvironment } from '../stacks';
import { resources, synth, testApp } from './support/synth';

describe('existing-network', () => {
  const json = synth(existingNetwork(testApp()));

  test('makes a cluster, its nodes and a lake, and no network, database or brokers', () => {
    const types = new Set(resources(json).map(({ type }) => type));
    expect([...types]).toEqual(expect.arrayContaining(['aws_eks_cluster', 'aws_eks_node_group', 'aws_s3_bucket']));
    expect(types).not.toContain('aws_vpc');
    expect(types).not.toContain('aws_db_instance');
    expect(types).not.toContain('aws_msk_cluster');
  });

  test('what exists is connected and granted like what is made', () => {
    const targets = resources(json, 'aws_vpc_security_group_ingress_rule').map(({ args }) => args.security_group_id);
    expect(targets).toEqual(expect.arrayContaining(['sg-0a1b2c3d4e5f60713', 'sg-0a1b2c3d4e5f60714']));
    const policies = resources(json, 'aws_iam_role_policy').map(({ args }) => String(args.policy));
    expect(policies.join()).toContain('kafka-cluster:ReadData');
  });
});

test('refused: everything that is wrong is said at once, as the README shows it', () => {
  const message = readFileSync('examples/refused/message.txt', 'utf8').trimEnd();
  expect(() => buildEnvironment(testApp(), 'dev', refused)).toThrow(new Error(message));
});

/** A stack that no environment has: block and attribute shapes of all three providers in a few resources. */
import { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { HelmProvider } from '@cdktf/provider-helm/lib/provider';
import { Release } from '@cdktf/provider-helm/lib/release';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { SecretV1 } from '@cdktf/provider-kubernetes/lib/secret-v1';
import type { TerraformStack } from 'cdktf';
import { synth, testStack, type TerraformJson } from './synth';

export function sampleStack(): TerraformJson {
  return synth(testStack(addSampleResources));
}

function addSampleResources(stack: TerraformStack): void {
  const cluster = new EksCluster(stack, 'Cluster', {
    name: 'sample',
    roleArn: 'arn:aws:iam::111122223333:role/eks',
    vpcConfig: { subnetIds: ['subnet-1', 'subnet-2'] },
    timeouts: { create: '45m' },
  });
  new SecurityGroup(stack, 'Nodes', {
    ingress: [{ protocol: 'tcp', fromPort: 443, toPort: 443, cidrBlocks: ['10.0.0.0/16'] }],
    tags: { cluster: cluster.vpcConfig.clusterSecurityGroupId },
  });
  new S3BucketLifecycleConfiguration(stack, 'Expiry', {
    bucket: 'lake',
    rule: [{ id: 'old', status: 'Enabled', noncurrentVersionExpiration: [{ noncurrentDays: 30 }] }],
  });
  new DataAwsIamPolicyDocument(stack, 'Read', {
    statement: [{ actions: ['s3:GetObject'], resources: [cluster.identity.get(0).oidc.get(0).issuer] }],
  });
  stack.addOverride('ephemeral.aws_secretsmanager_random_password.Password', { password_length: 32 });
  addKubernetesResources(stack, cluster);
}

function addKubernetesResources(stack: TerraformStack, cluster: EksCluster): void {
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'aws', args: ['eks', 'get-token'] };
  new KubernetesProvider(stack, 'kubernetes', { host: cluster.endpoint, exec: [exec] });
  new HelmProvider(stack, 'helm', { kubernetes: { host: cluster.endpoint, exec } });
  new SecretV1(stack, 'Secret', {
    metadata: { name: 'trino' },
    dataWo: { password: '${ephemeral.aws_secretsmanager_random_password.Password.random_password}' },
    dataWoRevision: 1,
  });
  new Release(stack, 'Trino', {
    name: 'trino',
    chart: 'trino',
    set: [{ name: 'image.tag', value: '480' }],
    values: ['{}'],
    timeouts: { create: '10m' },
  });
}

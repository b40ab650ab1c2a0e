import { HelmProvider } from '@cdktf/provider-helm/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { Fn, type TerraformStack } from 'cdktf';
import { Account } from '../aws/account';
import type { ICluster } from '../aws/cluster';

/**
 * Lets a stack put things into a cluster. The AWS command line, where Terraform runs, asks for a new token each time: no
 * token is in the plan or the state, and none expires while a chart is waited for.
 *
 * The cluster belongs to another stack: then its address is known when this stack is planned, and this stack is destroyed
 * while the cluster still answers.
 * @see https://registry.terraform.io/providers/hashicorp/kubernetes/2.38.0/docs#exec-plugins
 */
export function addClusterProviders(stack: TerraformStack, cluster: ICluster): void {
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: 'aws',
    args: ['eks', 'get-token', '--cluster-name', cluster.clusterName, '--region', Account.of(stack).region],
  };
  const access = {
    host: cluster.endpoint,
    clusterCaCertificate: Fn.base64decode(cluster.certificateAuthority),
  };
  new KubernetesProvider(stack, 'kubernetes', { ...access, exec: [exec] });
  new HelmProvider(stack, 'helm', { kubernetes: { ...access, exec } });
}

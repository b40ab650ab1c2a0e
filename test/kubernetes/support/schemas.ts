/**
 * Objects against the schemas of their kinds, Kubernetes' own and those of custom resources. The schemas are modules that
 * only `import` can load, so another Node does it, for all objects at once.
 */
import { execFileSync } from 'node:child_process';
import type { KubernetesObject } from '../../../lib/kubernetes/object-rules';

const VALIDATE = `
  import { readFileSync } from 'node:fs';
  const PACKAGES = {
    'external-secrets.io': '@kubernetes-models/external-secrets/',
    'keda.sh': '@kubernetes-models/keda/',
    'monitoring.coreos.com': '@kubernetes-models/prometheus-operator/',
  };
  const problems = [];
  for (const object of JSON.parse(readFileSync(0, 'utf8'))) {
    const group = object.apiVersion.split('/').at(-2) ?? '';
    const module = (PACKAGES[group] ?? 'kubernetes-models/') + object.apiVersion + '/' + object.kind;
    const { [object.kind]: Model } = await import(module);
    try {
      new Model(object).validate();
    } catch (error) {
      problems.push(object.kind + '/' + object.metadata?.name + ': ' + error.message);
    }
  }
  console.log(JSON.stringify(problems));
`;

/** What the schemas say against the objects; throws when a kind is unknown. */
export function schemaProblems(objects: readonly KubernetesObject[]): string[] {
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', VALIDATE], {
    encoding: 'utf8',
    input: JSON.stringify(objects),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return JSON.parse(output) as string[];
}

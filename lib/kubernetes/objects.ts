import { join } from 'node:path';
import { Release } from '@cdktf/provider-helm/lib/release';
import { AssetType, type ITerraformDependable, TerraformAsset } from 'cdktf';
import { Construct } from 'constructs';
import { describeViolation } from '../core';
import { type ReleaseProps, releaseConfig } from './helm-chart';
import { type KubernetesObject, objectViolations } from './object-rules';

export type { KubernetesObject } from './object-rules';

/** A release with the objects that it brings. */
export interface KubernetesObjectsProps extends ReleaseProps {
  /** The objects, or a function that makes them when everything is added that may come late. */
  readonly objects: readonly KubernetesObject[] | (() => readonly KubernetesObject[]);
}

const CHART = join(__dirname, 'object-chart');

/**
 * Any objects, custom resources among them, as one release of a chart that does nothing but print them. Terraform's own
 * resource for manifests asks the API while planning, so it fails as long as there is no cluster, or no definition of a
 * custom resource yet; a release asks nobody before it is installed.
 *
 * No text in an object is a template of Helm's.
 */
export class KubernetesObjects extends Construct {
  /** For what must come after the objects. */
  public readonly release: ITerraformDependable;
  private readonly given: () => readonly KubernetesObject[];
  private readonly added: KubernetesObject[] = [];

  /** @throws ConfigError with every violation of `releaseViolations`, and when the namespace has a release of the name */
  public constructor(scope: Construct, id: string, props: KubernetesObjectsProps) {
    super(scope, id);
    const { objects } = props;
    this.given = typeof objects === 'function' ? objects : () => objects;
    const chart = new TerraformAsset(this, 'Chart', { path: CHART, type: AssetType.DIRECTORY });
    this.release = new Release(this, 'Resource', {
      ...releaseConfig(this, props, () => ({ objects: this.objects })),
      // With the dot it is a folder beside the stack's file, never the name of a chart in a repository.
      chart: `./${chart.path}`,
    });
    this.node.addValidation({ validate: () => objectViolations(this.objects).map((it) => describeViolation(it)) });
  }

  public add(object: KubernetesObject): void {
    this.added.push(object);
  }

  public get objects(): readonly KubernetesObject[] {
    return [...this.given(), ...this.added];
  }
}

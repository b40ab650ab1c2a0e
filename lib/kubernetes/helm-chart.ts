import { Release, type ReleaseConfig } from '@cdktf/provider-helm/lib/release';
import { type ITerraformDependable, Lazy } from 'cdktf';
import { Construct } from 'constructs';
import {
  type ChartKeys,
  Duration,
  type Violation,
  chartKeyViolations,
  describeViolation,
  refuse,
  rule,
  show,
  toHelmValues,
  violationsOf,
} from '../core';
import { labelNameViolations } from './names';
import { NamesInUse } from './names-in-use';
import type { INamespace } from './namespace';

/** The part of a release's definition that can be wrong before its values are known. */
export interface ReleaseOptions {
  /** Name of the release, at most 53 characters: `trino`. */
  readonly releaseName: string;
  /** How long Terraform waits until every object is ready, from 5 minutes on: nodes may have to start first. @default 15m */
  readonly timeout?: Duration;
}

/** What the charts of others and our own have in common. */
export interface ReleaseProps extends ReleaseOptions {
  readonly namespace: INamespace;
  /** What must be there first, besides the namespace: roles, priority classes, custom resource definitions. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** A release with its chart and the values for it. */
export interface HelmChartProps extends ReleaseProps {
  /** The chart, of one version, with the keys it reads. */
  readonly chart: ChartKeys;
  /** The values, or a function that makes them when everything is added that may come late. */
  readonly values: object | (() => object);
}

/** Helm's limit. @see https://helm.sh/docs/chart_template_guide/builtin_objects/ */
const MAX_RELEASE_NAME = 53;
const DEFAULT_TIMEOUT = Duration.minutes(15);
const MIN_TIMEOUT = Duration.minutes(5);
/** Revisions that Helm keeps, each a Secret. */
const MAX_HISTORY = 10;

/**
 * A chart of one version in the cluster. Its values are checked against the keys that the chart reads when the stack is
 * synthesized, because most charts ignore an unknown key without a word.
 */
export class HelmChart extends Construct {
  /** For what must come after the release. */
  public readonly release: ITerraformDependable;

  /** @throws ConfigError with every violation of `releaseViolations`, and when the namespace has a release of the name */
  public constructor(scope: Construct, id: string, props: HelmChartProps) {
    super(scope, id);
    const { chart, values } = props;
    const current = (): object => (typeof values === 'function' ? (values as () => object)() : values);
    this.release = new Release(this, 'Resource', {
      ...releaseConfig(this, props, current),
      repository: chart.repository,
      chart: chart.chart,
      version: chart.version,
    });
    this.node.addValidation({
      validate: () => chartKeyViolations(chart, current()).map((it) => describeViolation(it)),
    });
  }
}

/**
 * What every release is installed with. A first install that fails stays in the cluster without being in the state, and
 * the next one stops because the name is in use: `atomic` takes it away, and `upgrade_install` goes on where even that
 * did not happen.
 * @see https://registry.terraform.io/providers/hashicorp/helm/3.1.1/docs/resources/release
 * @throws ConfigError with every violation of `releaseViolations`, and when the namespace has a release of the name
 */
export function releaseConfig(
  scope: Construct,
  props: ReleaseProps,
  values: () => object,
): Omit<ReleaseConfig, 'chart'> {
  const { releaseName, namespace, timeout = DEFAULT_TIMEOUT, dependsOn = [] } = props;
  const thing = { kind: 'release', name: releaseName, namespace: namespace.name };
  const taken = NamesInUse.of(scope).take(scope, 'releaseName', thing);
  refuse(scope.node.path, [...releaseViolations(props), ...taken]);
  return {
    name: releaseName,
    namespace: namespace.name,
    values: Lazy.listValue({ produce: () => [toHelmValues(values())] }),
    atomic: true,
    upgradeInstall: true,
    wait: true,
    waitForJobs: true,
    timeout: timeout.toSeconds(),
    maxHistory: MAX_HISTORY,
    dependsOn: [...namespace.ready, ...dependsOn],
  };
}

/** Everything that is wrong with a release's definition. */
export function releaseViolations(options: ReleaseOptions): readonly Violation[] {
  return violationsOf(options, [
    ({ releaseName }) => labelNameViolations('releaseName', releaseName, MAX_RELEASE_NAME),
    rule(
      ({ timeout = DEFAULT_TIMEOUT }) => !timeout.isLessThan(MIN_TIMEOUT),
      ({ timeout }) => ({
        path: 'timeout',
        got: show(timeout),
        allowed: `at least ${MIN_TIMEOUT}: a node takes minutes to start`,
        fix: `leave it out for ${DEFAULT_TIMEOUT}`,
      }),
    ),
  ]);
}

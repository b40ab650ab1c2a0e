import { rule, show, type Violation, violationsOf } from '../../core';
import { HTTP_PORT } from '../container';
import type { TrinoRole } from '../trino-role';

/**
 * The names that the chart gives to what it makes. Whatever must match them (a disruption budget, a network policy, a
 * monitor) asks here: a name typed twice is how others missed their pods.
 */
export interface ChartNames {
  /** The release's name, too. */
  readonly fullname: string;
  readonly coordinatorDeployment: string;
  /** A Deployment, not a StatefulSet. */
  readonly workerDeployment: string;
  /** The Service that clients reach. */
  readonly service: string;
  readonly workerService: string;
  readonly httpPort: number;
}

/** @param name `fullnameOverride` and the name of the Helm release; without the former the chart cuts and glues names */
export function chartNames(name: string): ChartNames {
  return {
    fullname: name,
    coordinatorDeployment: `${name}-coordinator`,
    workerDeployment: `${name}-worker`,
    service: name,
    workerService: `${name}-worker`,
    httpPort: HTTP_PORT,
  };
}

/** The labels by which a Service, a budget or a spread constraint finds the pods of a role. */
export function selectorLabels(name: string, role: TrinoRole): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/name': 'trino',
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/component': role,
  };
}

/** The longest name that stays whole with `-coordinator` behind it. */
const LONGEST = 63 - '-coordinator'.length;

/** What is wrong with the name that a release and its objects are called by. */
export function nameViolations(name: string): readonly Violation[] {
  return violationsOf(name, [
    rule(
      (it) => it.length <= LONGEST && /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(it),
      (it) => ({
        path: 'name',
        got: show(it),
        allowed: `small letters, digits and hyphens, a letter first, up to ${LONGEST} characters`,
        fix: 'choose a shorter, plainer name: Services and Deployments are called after it',
      }),
    ),
  ]);
}

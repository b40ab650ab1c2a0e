import { physicalName } from '../lib/core';
import type { EnvironmentConfig } from './environment-config';

/** What the platform is called inside of its cluster. */
export const PLATFORM_INSTANCE = 'trino';

/** Physical names of an environment, each made in this one place. */
export interface EnvironmentNames {
  /** `acme-dev`: first part of all others, and the name of what there is once. */
  readonly prefix: string;
  readonly lakeBucket: string;
  readonly exchangeBucket: string;
  readonly logBucket: string;
}

export function namesOf(
  environment: string,
  { organization }: Pick<EnvironmentConfig, 'organization'>,
): EnvironmentNames {
  const prefix = physicalName(organization, environment);
  return {
    prefix,
    lakeBucket: physicalName(prefix, 'lake'),
    exchangeBucket: physicalName(prefix, 'exchange'),
    logBucket: physicalName(prefix, 'access-logs'),
  };
}

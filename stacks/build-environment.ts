import type { App } from 'cdktf';
import { refuse } from '../lib/core';
import { catalogViolations } from './catalog-rules';
import type { EnvironmentConfig } from './environment-config';
import { environmentViolations } from './environment-rules';
import { type Environment, environmentStacks } from './environment-stacks';

/**
 * Makes the stacks of one environment. One environment a process: what is not in the app cannot be deployed by mistake.
 * @throws ConfigError with everything that is wrong with the definition, before anything is made
 */
export function buildEnvironment(app: App, name: string, config: EnvironmentConfig): Environment {
  const wrong = environmentViolations(name, config);
  if (wrong.length > 0) refuse(`environment ${name}`, [...wrong, ...catalogViolations(app, name, config, wrong)]);
  return environmentStacks(app, name, config);
}

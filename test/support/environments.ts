/** The environments of `stacks/environments`, as Terraform will see them. */
import { buildEnvironment, type EnvironmentConfig } from '../../stacks';
import { environmentNames, findEnvironment } from '../../stacks/environments';
import { synthApp, testApp, type TerraformJson } from './synth';

/** Every stack of every environment, by its id; for `describe.each(Object.entries(…))`. */
export function allStacks(): Record<string, TerraformJson> {
  return Object.assign({}, ...environmentNames().map((name) => stacksOf(name, findEnvironment(name)))) as Record<
    string,
    TerraformJson
  >;
}

/** Every stack of one environment, by its id. */
export function stacksOf(name: string, config: EnvironmentConfig): Record<string, TerraformJson> {
  const app = testApp();
  buildEnvironment(app, name, config);
  return synthApp(app);
}

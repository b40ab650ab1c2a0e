import { refuse } from '../../core';
import type { Caution } from '../policy';
import { type Finding, warningsOf } from '../properties';
import type { EnvBinding, SecretFile } from '../secret-text';
import { serverCautions } from '../server-config';
import { configViolations, fileFindings, fileViolations } from './check';
import { composeValues, serverFilesOf } from './compose';
import type { TrinoChartConfig } from './config';
import { merged } from './merge';
import { type RenderedFiles, renderedFiles } from './rendered-files';
import type { TrinoChartValues } from './values';

export { TRINO_CHART_VERSION, trinoChartKeys } from './chart-keys';
export { extraValueViolations } from './check';
export type * from './config';
export { templated, tplText } from './helm-template';
export * from './names';
export { type RenderedFiles, renderedFiles } from './rendered-files';
export type * from './values';

/** A release of the chart: its values, and what must be there beside it. */
export interface TrinoChartPlan {
  /** For `toHelmValues`, which escapes Terraform's syntax: here `${ENV:X}` still means what Trino reads. */
  readonly values: TrinoChartValues;
  /** Keys that the Secret `secrets.env` must have. */
  readonly env: readonly EnvBinding[];
  /** Keys that the Secret `secrets.files` must have. */
  readonly secretFiles: readonly SecretFile[];
  /** What every node reads below `/etc/trino`. */
  readonly files: RenderedFiles;
  /** Lines that work, but that a person should know of. */
  readonly warnings: readonly Finding[];
  /** Settings that work, but may surprise. */
  readonly cautions: readonly Caution[];
}

/**
 * The values of the Trino chart from the plans of every policy.
 * @throws ConfigError with everything that is wrong with the configuration, down to the last line of the last file
 */
export function toChartValues(config: TrinoChartConfig): TrinoChartPlan {
  const server = serverFilesOf(config);
  const values = merged(composeValues(config, server), config.extraValues ?? {});
  const files = renderedFiles(values);
  const findings = fileFindings(config.release, files);
  refuse(`trino ${config.name}`, [...configViolations(config, server), ...fileViolations(findings)]);
  return {
    values,
    env: server.env,
    secretFiles: server.secretFiles,
    files,
    warnings: warningsOf(findings),
    cautions: serverCautions(config.server, config.release),
  };
}

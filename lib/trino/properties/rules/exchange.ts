import { is, isSet, type PropertyRule } from './rule';

/** The folders of an exchange have one of a manager's schemes. */
function schemes(component: string, allowed: RegExp, form: string): PropertyRule {
  return {
    properties: ['exchange.base-directories'],
    only: component,
    isViolated: ([folders = '']) => folders.split(',').some((folder) => folder !== '' && !allowed.test(folder.trim())),
    allowed: form,
    fix: 'write folders of this form, separated by commas',
  };
}

/** Of exchange managers. */
export const EXCHANGE_RULES: readonly PropertyRule[] = [
  schemes(
    'exchange-manager:filesystem',
    /^(s3|gs|abfss?|file|alluxio):|^\//,
    's3://bucket, gs://bucket, abfs://… or /folder',
  ),
  schemes('exchange-manager:hdfs', /^hdfs:/, 'hdfs://host/folder'),
  {
    properties: ['exchange.base-directories', 'exchange.s3.region', 'exchange.s3.endpoint'],
    isViolated: ([directories = '', region, endpoint]) =>
      directories.startsWith('s3:') && !isSet(region) && !isSet(endpoint),
    allowed: 'S3 folders with the region of their bucket',
    fix: 'set exchange.s3.region',
  },
  {
    properties: ['exchange.s3.region'],
    isViolated: ([region]) => region === '',
    allowed: 'a region of AWS',
    fix: 'write one, or remove the line',
  },
  {
    properties: ['exchange.s3.sse.type', 'exchange.s3.sse.kms-key-id'],
    isViolated: ([type, key]) => is(type, 'KMS') !== isSet(key),
    allowed: "'KMS' together with exchange.s3.sse.kms-key-id",
    fix: 'set both or none',
  },
];

import type { Metric } from './metric';

interface ObjectName {
  readonly domain: string;
  readonly keys: readonly (readonly [key: string, value: string])[];
}

function objectName(object: string): ObjectName {
  const colon = object.indexOf(':');
  const keys = object
    .slice(colon + 1)
    .split(',')
    .map((pair): readonly [string, string] => {
      const equals = pair.indexOf('=');
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    });
  return { domain: object.slice(0, colon), keys };
}

function words(text: string): string {
  return text.replace(/[^A-Za-z0-9]+/g, '_');
}

const OWN_DOMAINS = /^(trino\.|io\.airlift\.)/;

/**
 * The name on Trino's own `/metrics`. Counters carry no `_total`; a summary has the label `quantile`.
 * Objects of others look different from Trino's own.
 */
export function nativeName({ object, attribute }: Metric): string {
  if (OWN_DOMAINS.test(object)) return words(`${object}_${attribute}`);
  const { domain, keys } = objectName(object);
  const sorted = [...keys].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = sorted.map(([key, value]) => `${key.toUpperCase()}_${words(value)}`);
  return ['JMX', words(domain), ...parts, 'ATTRIBUTE', words(attribute)].join('_');
}

/** A series of the JMX exporter: a name, and the keys of the object after the first one as labels. */
export interface ExporterSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * The series of the Prometheus JMX exporter without rules of its own (and without `lowercaseOutputName`); of a summary
 * the one of a percentile.
 * @see https://github.com/prometheus/jmx_exporter/blob/main/docs/content/_index.md
 */
export function exporterSeries({ object, attribute, kind }: Metric, percentile = 95): ExporterSeries {
  const { domain, keys } = objectName(object);
  const [, first = ''] = keys[0] ?? [];
  const suffix = { gauge: '', counter: '_TotalCount', summary: `_P${percentile}` }[kind];
  return {
    name: words(`${domain}_${first}_${attribute}`) + suffix,
    labels: Object.fromEntries(keys.slice(1)),
  };
}

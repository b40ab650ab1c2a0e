/* eslint jest/no-export: 0, jest/valid-title: 0 -- a suite that a table of catalogs runs, each by its name */
/**
 * What every catalog keeps, whatever it connects to. A new connector joins with one line in `contract.test.ts`; what only
 * it promises is in its own test.
 */
import type { TerraformStack } from 'cdktf';
import { isSecretRef, SecretRef } from '../../lib/core';
import type { ICatalog } from '../../lib/catalogs';
import type { CatalogConfig } from '../../lib/trino';
import { renderCatalog } from '../../lib/trino/catalog-config';
import type { SecretProperties } from '../../lib/trino/secret-text';
import { TrinoRelease } from '../../lib/trino/release';
import { synth, synthApp, testApp, testStack, warnings } from '../support/synth';
import { openPorts, RecordingHost } from './host';

/** Stands in the name of every secret of the samples. */
export const CANARY = 'canary';

export interface CatalogSample {
  readonly make: (sources: TerraformStack, name: string, extraProperties?: SecretProperties) => ICatalog;
  readonly connector: string;
  /** Where the host may go: `sg-database:3306`. */
  readonly ports?: readonly string[];
  /** Services whose actions are granted to the host. */
  readonly services?: readonly string[];
  /** Secrets of the sources that are delivered to the pods for it. */
  readonly secrets?: readonly string[];
  /** A property that the catalog sets, and the prop by which it does. */
  readonly managed?: readonly [property: string, prop: string];
}

export function keepsTheContract(what: string, sample: CatalogSample): void {
  const bound = (release = TrinoRelease.DEFAULT, times = 1, extra?: SecretProperties) => {
    const stack = testStack();
    const catalog = sample.make(stack, 'sample', extra);
    const host = new RecordingHost(stack, release);
    const configs = Array.from({ length: times }, () => catalog.bind(host));
    return { stack, host, catalog, config: configs.at(-1) as CatalogConfig };
  };

  describe(what, () => {
    test('has a name that SQL needs no quotes for', () => {
      expect(sample.make(testStack(), 'sales_2026').name).toBe('sales_2026');
    });

    test.each(['Sales', '2026', 'sales-eu', 'sales.eu', ''])('fails when its name is %p', (name) => {
      expect(() => sample.make(testStack(), name)).toThrow(/a small letter, then small letters, digits and _/);
    });

    test.each(TrinoRelease.KNOWN)('is what Trino %s accepts', (version) => {
      const release = TrinoRelease.of(version);
      const { connector, text } = renderCatalog('sample', bound(release).config, release);
      expect(connector).toBe(sample.connector);
      expect(text).toContain(`connector.name=${sample.connector}\n`);
    });

    test('opens, grants and has delivered exactly what it needs', () => {
      const { stack, host, config } = bound();
      expect(openPorts(stack)).toEqual(sample.ports ?? []);
      expect([...new Set(host.actions.map((action) => action.split(':')[0]))]).toEqual(sample.services ?? []);
      expect(secretsOf(config)).toEqual(sample.secrets ?? []);
    });

    test('names no secret where people read', () => {
      const { config } = bound(undefined, 1, { 'sample.password': SecretRef.of(`${CANARY}/extra`, 'password') });
      const plain = Object.values(config.properties).filter((value) => typeof value === 'string');
      expect(JSON.stringify([plain, config.files ?? {}])).not.toContain(CANARY);
    });

    test('gives nothing twice to a host that asks twice', () => {
      const [once, twice] = [bound(), bound(undefined, 2)];
      expect(twice.config).toEqual(once.config);
      expect(twice.host.statements).toHaveLength(once.host.statements.length);
      expect(synth(twice.stack)).toEqual(synth(once.stack));
      expect(warnings(twice.stack)).toEqual(warnings(once.stack));
    });

    test('serves two hosts, each in its own stack, and adds nothing to the stack of its source', () => {
      const app = testApp();
      const sources = testStack(undefined, { app, id: 'sources' });
      const catalog = sample.make(sources, 'sample');
      const before = sources.node.findAll().length;
      const hosts = ['blue', 'green'].map((id) => new RecordingHost(testStack(undefined, { app, id })));
      const [blue, green] = hosts.map((host) => catalog.bind(host));
      expect(green).toEqual(blue);
      expect(sources.node.findAll()).toHaveLength(before);
      expect(hosts.map(({ actions }) => actions)).toEqual([hosts[0]?.actions, hosts[0]?.actions]);
      const { blue: first, green: second } = synthApp(app);
      expect(JSON.stringify(second?.resource)).toBe(JSON.stringify(first?.resource));
    });

    test('writes properties that it has no prop for', () => {
      const { config } = bound(undefined, 1, { 'sample.limit': '10' });
      expect(config.properties).toMatchObject({ 'sample.limit': '10' });
    });

    test('fails when a property is set by hand that has a prop, naming both', () => {
      const [property, prop] = sample.managed ?? ['connector.name', undefined];
      const refusal = prop === undefined ? /connector\.name/ : new RegExp(`${property}: .*'${prop}'`);
      const { host } = bound();
      const catalog = sample.make(testStack(), 'sample', { [property]: 'x' });
      expect(() => catalog.bind(host)).toThrow(refusal);
      expect(() => catalog.bind(host)).toThrow(/^catalog sample: /);
    });

    test('opens nothing when it is refused', () => {
      const [property] = sample.managed ?? ['connector.name'];
      const stack = testStack();
      const host = new RecordingHost(stack);
      expect(() => sample.make(stack, 'sample', { [property]: 'x' }).bind(host)).toThrow(/sample/);
      expect([...openPorts(stack), ...host.actions]).toEqual([]);
    });
  });
}

/** Names of the secrets that the catalog points to, each once. */
function secretsOf(config: CatalogConfig): readonly string[] {
  const { env, secretFiles } = renderCatalog('sample', config, TrinoRelease.DEFAULT);
  const parts = [...env.map(({ secret }) => secret), ...secretFiles.flatMap(({ content }) => content)];
  const names = parts
    .filter(isSecretRef)
    .map(({ secret }) => new RegExp(`${CANARY}/(\\w+)`).exec(secret)?.[1] ?? secret);
  return [...new Set(names)];
}

import type { EnvironmentConfig } from '../../stacks';
import { findEnvironment } from '../../stacks/environments';
import { stacksOf } from '../support/environments';
import { resources, type TerraformJson } from '../support/synth';

const { kafka, ...dev }: EnvironmentConfig = { ...findEnvironment('dev'), mysql: {}, catalogs: () => [] };
const withoutKafka: EnvironmentConfig = { ...dev, retainData: true };
const retained: EnvironmentConfig = { ...withoutKafka, kafka: kafka ?? {} };
function dataOf(config: EnvironmentConfig): TerraformJson {
  const { 'dev-data': json } = stacksOf('dev', config);
  if (json === undefined) throw new Error('no data stack');
  return json;
}

test('brokers whose section is taken out stay, with all that is theirs: Terraform forgets them', () => {
  const made = resources(dataOf(retained)).filter(({ id }) => id.startsWith('Kafka_'));
  expect(made.map(({ type }) => type)).toContain('aws_msk_cluster');
  const json = dataOf(withoutKafka);
  expect(json['removed']).toHaveLength(made.length);
  expect(json['removed']).toEqual(
    expect.arrayContaining(made.map(({ address }) => ({ from: address, lifecycle: { destroy: false } }))),
  );
  expect(resources(json).filter(({ id }) => id.startsWith('Kafka_'))).toEqual([]);
});

test('brokers that may be lost go with their section', () => {
  expect(dataOf(dev)).not.toHaveProperty('removed');
});

test('nothing is forgotten that the definition has', () => {
  expect(dataOf(retained)).not.toHaveProperty('removed');
});

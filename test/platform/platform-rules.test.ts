import { Cpu, DataSize } from '../../lib/core';
import { type PlatformData, platformViolations } from '../../lib/platform';
import { ClientTls } from '../../lib/trino';
import { paths, UNKNOWN } from '../aws/support';
import { pool } from './support';

const violations = (changes: Partial<PlatformData> = {}, instance = 'trino', name = 'acme-dev') => {
  const workers = { ...pool('workers'), min: 1, max: 4 };
  const data = { region: 'eu-west-1', zones: 3, coordinator: pool('coordinator'), workers, ...changes };
  return paths(platformViolations(name, instance, data));
};
const INGRESS = { host: 'trino.acme.internal', certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1' };

test('nodes and numbers of workers are enough; an ingress is fine', () => {
  expect(violations()).toEqual([]);
  expect(violations({ ingress: INGRESS })).toEqual([]);
});

test.each(['acme.dev', 'Acme', 'acme dev', '-acme', ''])('fails when its name is %j, once', (name) => {
  expect(violations({}, 'trino', name)).toEqual(['name']);
});

test.each(['Trino', 'my.trino', 'trino-', '1trino', '', 'i'.repeat(46)])(
  'fails when its instance is %j',
  (instance) => {
    expect(violations({}, instance)).toEqual(['instance']);
  },
);

test.each([
  ['acme-dev', 'trino'],
  ['acme_dev', 't'],
  ['4-acme', 'i'.repeat(45)],
])('it may be called %j and %j', (name, instance) => {
  expect(violations({}, instance, name)).toEqual([]);
});

test.each(['https://trino.acme.internal', 'trino', 'Trino.acme.internal', 'trino.acme.internal:443'])(
  'fails when clients could not use the name %s',
  (host) => {
    expect(violations({ ingress: { ...INGRESS, host } })).toEqual(['ingress.host']);
  },
);

test.each([
  ['is of another region', 'arn:aws:acm:us-east-1:111122223333:certificate/1'],
  ['is in IAM', 'arn:aws:iam::111122223333:server-certificate/trino'],
  ['is no ARN', 'trino.acme.internal'],
])('fails when the certificate %s', (_what, certificateArn) => {
  expect(violations({ ingress: { ...INGRESS, certificateArn } })).toEqual(['ingress.certificateArn']);
});

test('clients are ranges of addresses', () => {
  expect(violations({ ingress: { ...INGRESS, clients: ['10.0.0.0/8', '192.0.2.7/32'] } })).toEqual([]);
});

test('what only Terraform knows is not judged, unless others are computed from it', () => {
  const { number, text } = UNKNOWN;
  expect(violations({ ingress: { host: text, certificateArn: text, clients: [text] } })).toEqual([]);
  expect(violations({ workers: { ...pool('workers'), min: number, max: number } })).toEqual([
    'workers.min',
    'workers.max',
  ]);
  expect(violations({}, 'trino', text)).toEqual(['name']);
});

test('fails when nobody was named, which a load balancer takes for everybody', () => {
  expect(violations({ ingress: { ...INGRESS, clients: [] } })).toEqual(['ingress.clients']);
});

test.each(['office', '10.0.0.0/99', '10.0.0.7/8', '10.0.0.7'])('fails when clients come from %s', (range) => {
  expect(violations({ ingress: { ...INGRESS, clients: ['10.8.0.0/16', range] } })).toEqual(['ingress.clients[1]']);
});

test('fails when TLS would end in two places', () => {
  expect(violations({ ingress: INGRESS, clientTls: ClientTls.none() })).toEqual(['clientTls']);
});

test('as many workers as their pool has room for', () => {
  const HALF = { memory: DataSize.gib(50), cpu: Cpu.cores(7) };
  const workersOn = (maxSize: number | undefined, size = {}) => ({
    ...{ min: 1, max: 4, ...size },
    nodes: { ...pool('workers').nodes, ...(maxSize === undefined ? {} : { maxSize }) },
  });
  expect(violations({ workers: workersOn(4) })).toEqual([]);
  expect(violations({ workers: workersOn(2, HALF) })).toEqual([]);
  expect(violations({ workers: workersOn(UNKNOWN.number) })).toEqual([]);
  expect(violations({ workers: workersOn(undefined) })).toEqual([]);
  expect(violations({ workers: workersOn(3) })).toEqual(['workers.max']);
});

test('fails when nobody knows how nodes are bought', () => {
  const workers = { ...pool('workers'), min: 1, max: 4, capacity: 'Spot' as 'spot' };
  expect(violations({ workers })).toEqual(['workers.capacity']);
});

test('fails when no node holds a worker', () => {
  const workers = { ...pool('workers'), min: 1, max: 4, memory: DataSize.gib(128) };
  expect(violations({ workers })).toEqual(['workers.memory']);
});

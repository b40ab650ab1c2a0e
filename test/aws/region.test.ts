import { regionViolations } from '../../lib/aws/region';
import { UNKNOWN } from './support';

test.each(['eu-west-1', 'us-gov-west-1', 'ap-southeast-5', UNKNOWN.text])('%s is a region', (region) => {
  expect(regionViolations('region', region)).toEqual([]);
});

test.each(['eu-west-1a', 'Frankfurt', 'us-east', 'eu_west_1', '', undefined])('fails when a region is %s', (region) => {
  expect(regionViolations('bucketRegion', region as string)).toEqual([
    expect.objectContaining({ path: 'bucketRegion' }),
  ]);
});

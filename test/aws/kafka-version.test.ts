import { KafkaVersion, kafkaVersionViolations } from '../../lib/aws/kafka-version';

test.each(KafkaVersion.known)('$name is fine', (version) => {
  expect(kafkaVersionViolations(version)).toEqual([]);
});

test('a line that is newer than this library may be named', () => {
  expect(kafkaVersionViolations(KafkaVersion.of('4.3.x.kraft'))).toEqual([]);
});

test.each(['3.9.x', '4.1.0.kraft', '4.1.x', '4.2.x.kraft'])(
  'fails when the line is %s, with those that are known',
  (name) => {
    expect(kafkaVersionViolations(KafkaVersion.of(name))).toEqual([
      expect.objectContaining({ path: 'version', got: `'${name}'`, allowed: expect.stringContaining("'4.1.x.kraft'") }),
    ]);
  },
);

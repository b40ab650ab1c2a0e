import type { KafkaTopic } from '../../aws/kafka-topic';

/** Lines and settings as `run.sh` reads them, by file name. */
export function topicFiles(topics: readonly KafkaTopic[]): Readonly<Record<string, string>> {
  const files = topics.map((topic, index) => ({ topic, settings: `settings-${index}.properties` }));
  const configured = files.filter(({ topic }) => hasSettings(topic));
  return {
    topics: files.map(({ topic, settings }) => line(topic, hasSettings(topic) ? settings : '-')).join(''),
    ...Object.fromEntries(configured.map(({ topic, settings }) => [settings, properties(topic)])),
  };
}

function line({ name, partitions, replicationFactor }: KafkaTopic, settings: string): string {
  return `${[name, partitions, replicationFactor ?? '-', settings].join(' ')}\n`;
}

function hasSettings({ config = {} }: KafkaTopic): boolean {
  return Object.keys(config).length > 0;
}

function properties({ config = {} }: KafkaTopic): string {
  return Object.entries(config)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

import { isOn, type PropertyRule } from './rule';

/** Of listeners that send events elsewhere than to MySQL. */
export const EVENT_LISTENER_RULES: readonly PropertyRule[] = [
  ...['created', 'completed', 'split-completed'].map<PropertyRule>((event) => ({
    properties: [`kafka-event-listener.publish-${event}-event`, `kafka-event-listener.${event}-event.topic`],
    isViolated: ([publish, topic]) => isOn(publish) && (topic ?? '') === '',
    allowed: "'true' with a topic",
    fix: `set kafka-event-listener.${event}-event.topic, or the switch to false`,
  })),
  ...['headers', 'url-params'].map<PropertyRule>((name) => ({
    properties: [`openlineage-event-listener.transport.${name}`],
    isViolated: ([pairs = '']) => pairs.split(',').some((pair) => pair.trim() !== '' && !pair.includes(':')),
    allowed: 'pairs of a name and a value: a:b,c:d',
    fix: 'put a colon between each name and its value',
  })),
];

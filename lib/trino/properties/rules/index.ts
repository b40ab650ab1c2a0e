import { CONNECTOR_RULES } from './connectors';
import { EVENT_LISTENER_RULES } from './event-listeners';
import { EXCHANGE_RULES } from './exchange';
import { FILE_SYSTEM_RULES } from './file-systems';
import { JDBC_RULES } from './jdbc';
import { LOG_IN_RULES } from './log-in';
import type { PropertyRule } from './rule';
import { SERVER_RULES } from './server';

export type { PropertyRule } from './rule';

/** All that a start checks between properties. */
export const PROPERTY_RULES: readonly PropertyRule[] = [
  ...SERVER_RULES,
  ...LOG_IN_RULES,
  ...FILE_SYSTEM_RULES,
  ...CONNECTOR_RULES,
  ...JDBC_RULES,
  ...EVENT_LISTENER_RULES,
  ...EXCHANGE_RULES,
];

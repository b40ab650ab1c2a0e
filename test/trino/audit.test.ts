import { SecretRef } from '../../lib/core';
import {
  type AuditDatabase,
  auditCautions,
  auditPart,
  auditQuestions,
  auditRetention,
  auditTable,
  auditViews,
  auditViolations,
} from '../../lib/trino/audit';
import { parseProperties } from '../../lib/trino/properties-file';
import { TrinoRelease } from '../../lib/trino/release';
import { joinParts } from '../../lib/trino/server-part';

const T476 = TrinoRelease.of('476');
const T480 = TrinoRelease.of('480');
const DATABASE: AuditDatabase = {
  host: 'db.acme',
  database: 'trino_audit',
  username: SecretRef.of('acme/audit', 'username'),
  password: SecretRef.of('acme/audit', 'password'),
};
const listener = (props: Parameters<typeof auditPart>[0], release = T480) => {
  const text = joinParts([auditPart(props, release)]).files.coordinator['event-listener.properties'] ?? '';
  return Object.fromEntries(parseProperties(text).map(({ name, value }) => [name, value]));
};

describe('the MySQL event listener', () => {
  test('its URL names the database and takes credentials from the environment', () => {
    expect(listener({ database: DATABASE })['mysql-event-listener.db.url']).toBe(
      'jdbc:mysql://db.acme:3306/trino_audit?sslMode=REQUIRED&user=${ENV:AUDIT_USER}&password=${ENV:AUDIT_PASSWORD}',
    );
  });

  test('what stands in a URL comes encoded for one', () => {
    expect(joinParts([auditPart({ database: DATABASE }, T480)]).env).toEqual([
      { name: 'AUDIT_USER', secret: DATABASE.username, encoding: 'url' },
      { name: 'AUDIT_PASSWORD', secret: DATABASE.password, encoding: 'url' },
    ]);
    expect(listener({ database: { ...DATABASE, username: 'a&b' } })['mysql-event-listener.db.url']).toContain(
      'user=a%26b&',
    );
  });

  test('a secret that holds the whole URL is one variable', () => {
    expect(listener({ database: SecretRef.of('acme/audit-url') })['mysql-event-listener.db.url']).toBe(
      '${ENV:EVENT_LISTENER_MYSQL_EVENT_LISTENER_DB_URL}',
    );
  });

  test('the coordinator starts without its database where the release can, and where nobody asks for the contrary', () => {
    const switchOff = 'mysql-event-listener.terminate-on-initialization-failure';
    expect(listener({ database: DATABASE })[switchOff]).toBe('false');
    expect(listener({ database: DATABASE, required: true })).not.toHaveProperty([switchOff]);
    expect(listener({ database: DATABASE }, T476)).not.toHaveProperty([switchOff]);
    expect(auditCautions({ database: DATABASE }, T476)).toHaveLength(1);
    expect(auditCautions({ database: DATABASE }, T480)).toEqual([]);
  });

  test('fails when the database is missing, or the host is a URL', () => {
    const paths = (changes: Partial<AuditDatabase>) =>
      auditViolations({ database: { ...DATABASE, ...changes } }).map(({ path }) => path);
    expect(paths({ database: '' })).toEqual(['database.database']);
    expect(paths({ host: 'jdbc:mysql://db.acme:3306' })).toEqual(['database.host']);
    expect(paths({})).toEqual([]);
  });

  test('fails when a port stands beside a database that has one of its own', () => {
    expect(auditViolations({ database: DATABASE, port: 13306 }).map(({ path }) => path)).toEqual(['port']);
    expect(auditViolations({ database: SecretRef.of('acme/audit-url'), port: 13306 })).toEqual([]);
  });
});

describe('the table', () => {
  test('has every column of the release, in its order, in four bytes', () => {
    const ddl = auditTable(T480);
    const columns = [...ddl.matchAll(/^ {2}`(\w+)`/gm)].map(([, name]) => name);
    expect(columns).toEqual(T480.eventColumns);
    expect(ddl).toContain('DEFAULT CHARACTER SET utf8mb4');
    expect(ddl).toContain('`query_id` VARCHAR(255) NOT NULL PRIMARY KEY');
    expect(ddl).toContain('`client_info` MEDIUMTEXT NULL');
    expect(ddl).toContain('`peak_memory_bytes` BIGINT NOT NULL');
  });
});

describe('the questions of the runbook', () => {
  /** Words that are no columns of the table: functions, aliases and SQL. */
  const WORDS = new Set(
    'SELECT COUNT AS DISTINCT MAX FROM WHERE AND GROUP BY ORDER DESC LEFT LIMIT SUM AVG WITH UNION ALL OVER ROWS UNBOUNDED PRECEDING INTERVAL DAY MICROSECOND STR_TO_DATE SUBSTRING DATE_FORMAT UTC_TIMESTAMP trino_queries'.split(
      ' ',
    ),
  );
  const unknown = (sql: string) => {
    const text = sql.replace(/'[^']*'/g, '');
    const aliases = [...text.matchAll(/\bAS (\w+)|(\w+) AS \(/g)].map(([, after, before]) => after ?? before ?? '');
    const names = text.match(/[A-Za-z_]\w*/g) ?? [];
    return names.filter((name) => !WORDS.has(name) && !aliases.includes(name) && !T480.eventColumns.includes(name));
  };

  test('ask for columns that exist', () => {
    expect(auditQuestions().flatMap(({ name, sql }) => unknown(sql).map((word) => `${name}: ${word}`))).toEqual([]);
  });

  test('fails when a column does not exist: the comparison would see it', () => {
    expect(unknown('SELECT memory_reservation FROM trino_queries')).toEqual(['memory_reservation']);
  });

  test('take the time from the id of the query, so that the primary key narrows the rows', () => {
    expect(
      auditQuestions(3).every(({ sql }) => sql.includes('query_id >= DATE_FORMAT(UTC_TIMESTAMP() - INTERVAL 3 DAY')),
    ).toBe(true);
    expect(auditRetention(90)).toBe(
      "DELETE FROM trino_queries WHERE query_id < DATE_FORMAT(UTC_TIMESTAMP() - INTERVAL 90 DAY, '%Y%m%d_%H%i%s')",
    );
  });

  test('are views, too', () => {
    expect(auditViews()[0]).toMatch(/^CREATE OR REPLACE VIEW failed_queries AS\nSELECT /);
  });
});

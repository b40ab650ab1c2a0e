import fc from 'fast-check';
import { type AccessRules, type AccessUser, can } from '../../lib/trino/access-control';
import { sessionAccessCautions, sessionAccessViolations, sessionRuleCautions } from '../../lib/trino/session-access';
import { TrinoRelease } from '../../lib/trino/release';
import type { SessionDefault } from '../../lib/trino/session-default';

const PRIORITY = { query_priority: '1' };
const CODEC = { 'lake.compression_codec': 'ZSTD' };
const ADMINS_ONLY: AccessRules = { system_session_properties: [{ group: 'admins', allow: true }, { allow: false }] };

const verdict = (rules: AccessRules, entry: Partial<SessionDefault> = {}) => {
  const defaults = [{ sessionProperties: {} }, { sessionProperties: PRIORITY, ...entry }];
  if (sessionAccessViolations(defaults, rules).length > 0) return 'refused';
  return sessionAccessCautions(defaults, rules).length > 0 ? 'told' : 'fine';
};

describe('defaults that users may not set', () => {
  test('fails when the entry is for everybody and a rule denies the property to somebody', () => {
    expect(verdict(ADMINS_ONLY)).toBe('refused');
    expect(verdict({ system_session_properties: [{ user: 'bob', allow: false }, { allow: true }] })).toBe('refused');
    expect(verdict({ system_session_properties: [{ user: 'bob', allow: true }] })).toBe('refused');
    expect(verdict({ system_session_properties: [{ allow: true }] })).toBe('fine');
    expect(verdict({})).toBe('fine');
  });

  test('a rule about another property says nothing', () => {
    const rules = { system_session_properties: [{ property: 'query_max_.*', allow: false }, { allow: true }] };
    expect(verdict(rules)).toBe('fine');
    expect(verdict(rules, { sessionProperties: { query_max_memory: '1GB' } })).toBe('refused');
    expect(verdict({ system_session_properties: [{ allow: false }] }, { sessionProperties: CODEC })).toBe('fine');
  });

  test('of a user that the entry names, the rules for that user count', () => {
    const rules = { system_session_properties: [{ user: 'etl|dbt', allow: true }, { allow: false }] };
    expect(verdict(rules, { user: 'etl' })).toBe('fine');
    expect(verdict(rules, { user: 'bob' })).toBe('refused');
    expect(verdict(rules, { user: 'etl|dbt' })).toBe('fine');
    expect(
      verdict({ system_session_properties: [{ user: 'bob', allow: false }, { allow: true }] }, { user: 'etl' }),
    ).toBe('fine');
  });

  test('who the users of an entry are may not be known: then it is only told', () => {
    expect(verdict(ADMINS_ONLY, { user: 'etl' })).toBe('told');
    expect(verdict(ADMINS_ONLY, { group: 'global\\.etl' })).toBe('told');
    expect(verdict(ADMINS_ONLY, { clientTags: ['etl'] })).toBe('told');
    expect(verdict(ADMINS_ONLY, { user: '.*', group: '.*', clientTags: [] })).toBe('refused');
    expect(verdict({ system_session_properties: [{ allow: false }] }, { group: 'global\\.etl' })).toBe('refused');
  });

  test('a catalog must be open to the user, and its property, too', () => {
    const entry = { sessionProperties: CODEC };
    expect(verdict({ catalogs: [{ allow: 'read-only' }] }, entry)).toBe('fine');
    expect(verdict({ catalogs: [{ catalog: 'shop', allow: 'all' }] }, entry)).toBe('refused');
    expect(verdict({ catalogs: [{ user: 'bob', allow: 'none' }, { allow: 'all' }] }, entry)).toBe('refused');
    expect(verdict({ catalog_session_properties: [{ catalog: 'shop', allow: true }] }, entry)).toBe('refused');
    expect(verdict({ catalog_session_properties: [{ catalog: 'lake', allow: true }] }, entry)).toBe('fine');
  });

  test('a pattern that only Java can evaluate is not held against anybody', () => {
    const rules = { system_session_properties: [{ property: 'query_p++', allow: false }, { allow: true }] };
    expect(verdict(rules)).toBe('fine');
    expect(
      verdict({ system_session_properties: [{ user: 'a++', allow: true }, { allow: false }] }, { user: 'a' }),
    ).toBe('fine');
  });

  test('the rule is named, and what follows', () => {
    const path = 'sessionDefaults[0].sessionProperties.query_priority';
    expect(sessionAccessViolations([{ sessionProperties: PRIORITY }], ADMINS_ONLY)).toEqual([
      {
        path,
        got: 'a default that accessControl.system_session_properties[1] denies',
        allowed: 'what all users of the entry may set: Trino sets a default as if they had, and fails their queries',
        fix: 'allow the property there, or let the entry match nobody who may not set it',
      },
    ]);
    expect(sessionAccessCautions([{ group: 'global', sessionProperties: PRIORITY }], ADMINS_ONLY)).toEqual([
      {
        path,
        text: 'accessControl.system_session_properties[1] denies it: every query that the entry matches fails for whom that is',
      },
    ]);
  });
});

describe('as can() says', () => {
  const name = fc.constantFrom('alice', 'bob');
  const who = fc.record(
    { user: fc.oneof(name, fc.constant('(alice|carol)')), group: fc.constant('etl'), role: fc.constant('dev') },
    { requiredKeys: [] },
  );
  const section = fc.array(
    fc
      .tuple(who, fc.record({ property: fc.constantFrom('query_.*', 'other') }, { requiredKeys: [] }), fc.boolean())
      .map(([whom, what, allow]) => ({ ...whom, ...what, allow })),
    { maxLength: 4 },
  );
  const entry = fc.record({ user: name, group: fc.constant('global') }, { requiredKeys: [] });
  const people: readonly AccessUser[] = ['alice', 'bob', 'carol'].flatMap((user) =>
    [[], ['etl']].flatMap((groups) => [[], ['dev']].map((roles) => ({ user, groups, roles }))),
  );

  test('what is refused or told is denied to somebody of the entry, and nothing else is', () => {
    fc.assert(
      fc.property(section, entry, (rules, conditions) => {
        const access = { system_session_properties: rules };
        const denied = people
          .filter(({ user }) => conditions.user === undefined || conditions.user === user)
          .filter((person) => !can(access, person, { do: 'set-session-property', property: 'query_priority' }).allowed);
        expect(verdict(access, conditions) === 'fine').toBe(denied.length === 0);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('rules about properties of a session', () => {
  const told = (property: string | undefined, version = '480') => {
    const rule = property === undefined ? { allow: false } : { property, allow: false };
    return sessionRuleCautions(
      { system_session_properties: [{ allow: true }, rule] },
      TrinoRelease.of(version),
      new Map(),
    );
  };
  const toldOfCatalogs = (rule: { catalog?: string; property: string }, version = '480') => {
    const catalogs = new Map([
      ['lake', 'iceberg'],
      ['raw', 'hive'],
      ['shop', 'mysql'],
    ]);
    const rules = { catalog_session_properties: [{ ...rule, allow: false }] };
    return sessionRuleCautions(rules, TrinoRelease.of(version), catalogs).map(({ text }) => text);
  };

  test('about one that is there, several, all, or what only Java can say, say what they decide', () => {
    const patterns = ['resource_overcommit', 'query_max_.*', undefined, 'a++'];
    expect(patterns.flatMap((pattern) => told(pattern))).toEqual([]);
  });

  test('about one that is not there is told: whom it should stop, it does not', () => {
    expect(told('resource_overcomit')).toEqual([
      {
        path: 'accessControl.system_session_properties[1].property',
        text: "no session property of the server in Trino 480 matches 'resource_overcomit': the rule decides nothing; did you mean resource_overcommit?",
      },
    ]);
    expect(told('query_max_write_physical_size', '476')).toHaveLength(1);
    expect(told('query_max_write_physical_size')).toEqual([]);
  });

  test('of a catalog that are not there are told, with one that the rule may mean', () => {
    expect(toldOfCatalogs({ catalog: 'raw', property: 'compression_code' })).toEqual([
      "no session property of raw in Trino 480 matches 'compression_code': the rule decides nothing; did you mean compression_codec?",
    ]);
    expect(toldOfCatalogs({ catalog: 'lake|raw', property: 'no_such_thing' })).toEqual([
      expect.stringMatching(/^no session property of lake or raw in Trino 480 /),
    ]);
  });

  test('of catalogs say what they decide where one of them has the property', () => {
    expect(toldOfCatalogs({ catalog: 'lake|raw', property: 'bucket_execution_enabled' })).toEqual([]);
    expect(toldOfCatalogs({ catalog: 'raw', property: 'compression_.*' })).toEqual([]);
  });

  test('of catalogs whose properties nobody here knows say nothing: of MySQL, those of 476 are known', () => {
    expect(toldOfCatalogs({ property: 'no_such_thing' })).toEqual([]);
    expect(toldOfCatalogs({ catalog: 'shop', property: 'no_such_thing' })).toEqual([]);
    expect(toldOfCatalogs({ catalog: 'shop', property: 'no_such_thing' }, '476')).toHaveLength(1);
    expect(toldOfCatalogs({ catalog: 'none', property: 'no_such_thing' })).toEqual([]);
  });
});

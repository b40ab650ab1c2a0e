import * as fc from 'fast-check';
import { userStatements } from '../../../local/servers/mariadb';

describe("a database user's statements", () => {
  it('make databases, the user and the rights, whatever is there', () => {
    expect(userStatements({ name: 'trino', password: 'p', databases: ['shop'] }).split('\n')).toEqual([
      "CREATE USER IF NOT EXISTS 'trino'@'%' IDENTIFIED BY 'p';",
      "ALTER USER 'trino'@'%' IDENTIFIED BY 'p';",
      'CREATE DATABASE IF NOT EXISTS `shop`;',
      "GRANT ALL ON `shop`.* TO 'trino'@'%';",
    ]);
  });

  it('grant rights in a database whose name would be a pattern in that database only', () => {
    const statements = userStatements({ name: 'u', password: 'p', databases: ['a_b%'] });
    expect(statements).toContain('GRANT ALL ON `a\\_b\\%`.* TO');
  });

  it('quote any password so that it is read back as it is', () => {
    fc.assert(
      fc.property(fc.string(), (password) => {
        const statements = userStatements({ name: 'u', password, databases: [] });
        const twice = /^CREATE USER IF NOT EXISTS 'u'@'%' (IDENTIFIED BY '(.*)';)\nALTER USER 'u'@'%' \1$/s;
        const [, , literal = ''] = twice.exec(statements) ?? [];
        expect(literal.replaceAll(/''|\\\\/g, (pair) => pair.slice(1))).toBe(password);
        expect(literal.replaceAll(/''|\\\\/g, '')).not.toMatch(/['\\]/);
      }),
    );
  });
});

import { stripVTControlCharacters } from 'node:util';
import { accessReport, changeReport, rowTable } from '../../../local/platform/report';

const ACCESS = { url: 'http://127.0.0.1:8080', user: 'analyst', folder: '/work' };

test('tells what is different, one line each', () => {
  const text = changeReport([
    { path: 'workers', here: '1 instead of 3' },
    { path: 'catalogs.lake', here: 'S3 at x' },
  ]);
  expect(stripVTControlCharacters(text).split('\n').slice(1)).toEqual([
    '  workers        1 instead of 3',
    '  catalogs.lake  S3 at x',
  ]);
});

test('rows are a table under the names of their columns; what is null is empty', () => {
  const table = rowTable({
    columns: [
      { name: 'price', type: 'decimal' },
      { name: 'note', type: 'varchar' },
    ],
    rows: [['9.50', null]],
  });
  expect(table).toMatch(/price .*note .*9\.50/s);
  expect(table).not.toContain('null');
});

test('says how to connect where nobody has to log in', () => {
  const text = stripVTControlCharacters(accessReport(ACCESS));
  expect(text).toContain('trino --server http://127.0.0.1:8080 --user analyst\n');
  expect(text).toContain('nobody asks for a password');
});

test('says where the password and the authority are, never the password', () => {
  const report = accessReport({ ...ACCESS, passwordFile: '/work/password', authority: '/work/ca.pem' });
  const text = stripVTControlCharacters(report);
  expect(text).toContain('--password --truststore-path /work/ca.pem\n');
  expect(text).toContain('in /work/password');
});

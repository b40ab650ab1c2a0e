import { containerPaths, machineOverrides, onThisMachine, wordsOf } from '../../../local/servers/trino-node';

const paths = containerPaths({ home: '/servers/476', folder: '/node' });

test("paths of Trino's image become those of this machine, and only those", () => {
  const text = 'a=/etc/trino/rules.json\nb=/etc/trino-secrets/x.pem\nc=/usr/lib/trino/plugin\nd=/data/trino\n';
  expect(onThisMachine(text, paths)).toBe(
    'a=/node/etc/rules.json\nb=/node/secrets/x.pem\nc=/servers/476/plugin\nd=/node/data\n',
  );
  const others = '/etc/trinology /etc/trino-secretsX /my/etc/trino s3://bucket/data/trino/x';
  expect(onThisMachine(others, paths)).toBe(others);
});

test('a node listens on 127.0.0.1 alone, and finds its coordinator there', () => {
  expect(machineOverrides({ name: 'worker-1', port: 1234, coordinatorPort: 5678 })).toMatchObject({
    'http-server.http.port': '1234',
    'discovery.uri': 'http://127.0.0.1:5678',
    'node.bind-ip': '127.0.0.1',
  });
});

describe("Trino's words", () => {
  test('are its list of errors', () => {
    const log = ['noise', 'Configuration errors:', '1) Error: was not used', '2) Error: must not be null', 'at x.y'];
    expect(wordsOf(log.join('\n'))).toBe('Configuration errors:\n1) Error: was not used\n2) Error: must not be null');
  });

  test('are found in a log of JSON, each once', () => {
    const line = (level: string, stackTrace: string) => JSON.stringify({ level, message: 'm', stackTrace });
    const trace =
      'java.lang.IllegalStateException: no such manager\n\tat a.b(C.java:1)\nCaused by: java.io.IOException: x';
    expect(wordsOf([line('INFO', 'Caused by: nothing'), line('ERROR', trace), line('ERROR', trace)].join('\n'))).toBe(
      'java.lang.IllegalStateException: no such manager\nCaused by: java.io.IOException: x',
    );
  });

  test('are nothing where it said nothing', () => {
    expect(wordsOf('starting\n{"level":"INFO","message":"ok"}\n{broken')).toBe('');
  });
});

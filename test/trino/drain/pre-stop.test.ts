import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { preStopCommand } from '../../../lib/trino/drain';

const run = promisify(execFile);
/** The script asks whether process 1 lives; here it is said to be gone, or the test would wait for the machine. */
const SERVER_IS_GONE = 'kill() { return 1; }\n';

interface Call {
  readonly line: string;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

let server: Server;
let calls: Call[];

/** A worker's endpoint that answers with the given status codes, one after the other. */
async function worker(...statuses: readonly number[]): Promise<number> {
  calls = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      calls.push({ line: `${request.method} ${request.url}`, body, headers: request.headers });
      response.writeHead(statuses[calls.length - 1] ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

afterEach(() => server.close());

async function hook(port: number): Promise<void> {
  const [shell = '', option = '', script = ''] = preStopCommand('drain', port);
  await run(shell, [option, SERVER_IS_GONE + script]);
}

test('the script asks the worker to shut down as the drain user, without a password', async () => {
  await hook(await worker());
  expect(calls).toMatchObject([
    {
      line: 'PUT /v1/info/state',
      body: '"SHUTTING_DOWN"',
      headers: { 'content-type': 'application/json', 'x-trino-user': 'drain' },
    },
  ]);
  expect(calls[0]?.headers.authorization).toBeUndefined();
});

test('the script asks again when the worker is too busy to answer', async () => {
  await hook(await worker(503));
  expect(calls).toHaveLength(2);
});

test('fails when the worker refuses: waiting would not make it drain', async () => {
  await expect(hook(await worker(403))).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('403') as string,
  });
});

test('the script needs nothing that the image lacks and no text that Helm or Terraform would read', async () => {
  const script = preStopCommand('drain', await worker()).join(' ');
  expect(script).not.toMatch(/\b(jq|sed|awk|ps|python|wget|tail)\b/);
  expect(script).not.toMatch(/\$\{|%\{|\{\{/);
});

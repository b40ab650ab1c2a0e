import { readFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:tls';
import { localCertificates } from '../../../local/servers/certificates';
import { freePort } from '../../../local/servers/free-port';
import { describeWhere, TIMEOUT, workbench } from './workbench';

const bench = workbench();
afterAll(() => bench.clear());
jest.setTimeout(TIMEOUT);

const DAY = 86_400_000;

describeWhere()('local certificates', () => {
  it('are believed by who trusts the authority, at 127.0.0.1 and localhost only', async () => {
    const { authority, certificate, key } = await bench.certificates();
    const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) });
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const trust = readFileSync(authority, 'utf8');
    expect(await connection(port, '127.0.0.1', trust)).toBe('authorized');
    expect(await connection(port, 'localhost', trust)).toBe('authorized');
    expect(await connection(port, 'example.com', trust)).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(await connection(port, 'localhost', undefined)).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    await closed(server);
  });

  it('stay the same until they are about to end', async () => {
    const { certificate } = await bench.certificates();
    const first = readFileSync(certificate, 'utf8');
    await bench.certificates();
    expect(readFileSync(certificate, 'utf8')).toBe(first);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 360 * DAY);
    await localCertificates(bench.folder('certificates'));
    clock.mockRestore();
    expect(readFileSync(certificate, 'utf8')).not.toBe(first);
  });
});

/** Connects to 127.0.0.1 in the belief that it is some name. */
function connection(port: number, servername: string, ca: string | undefined): Promise<string> {
  return new Promise((resolve) => {
    const identity = servername === '127.0.0.1' ? {} : { servername };
    const socket = connect({ host: '127.0.0.1', port, ...identity, ...(ca === undefined ? {} : { ca }) }, () => {
      socket.end();
      resolve('authorized');
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(String(error.code)));
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration } from '../../../lib/core';
import { freePort } from '../../../local/servers/free-port';
import { lastLines, startProcess, type ServerProcessProps } from '../../../local/servers/server-process';
import { isAlive } from '../../../local/state-lock';

const folder = mkdtempSync(join(tmpdir(), 'server-process-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A Node program as a server. */
function program(name: string, source: string, rest: Partial<ServerProcessProps> = {}): ServerProcessProps {
  const log = join(folder, `${name}.log`);
  return { name, command: process.execPath, args: ['-e', source], log, ready: (line) => line === 'ready', ...rest };
}

const FOREVER = 'setInterval(() => 0, 1000)';

describe('startProcess', () => {
  it('gives a server when a line says that it is ready, and stops it', async () => {
    const server = await startProcess(program('polite', `console.log('ready'); ${FOREVER}`));
    expect(isAlive(server.pid)).toBe(true);
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
  });

  it('takes a question that is answered with an error for "not yet"', async () => {
    const port = await freePort();
    const source = `setTimeout(() => require('http').createServer((_, r) => r.end()).listen(${port}, '127.0.0.1'), 300)`;
    const ready = async () => (await fetch(`http://127.0.0.1:${port}`)).ok;
    const server = await startProcess(program('asked', source, { ready }));
    expect((await fetch(`http://127.0.0.1:${port}`)).ok).toBe(true);
    await server.stop();
  });

  it('asks again when a question stays without an answer', async () => {
    let questions = 0;
    const ready = () => (++questions === 1 ? new Promise<boolean>(() => undefined) : Promise.resolve(true));
    const server = await startProcess(program('silent', FOREVER, { ready }));
    expect(questions).toBe(2);
    await server.stop();
  });

  it('ends a server that does not listen to the wish', async () => {
    const stubborn = program('stubborn', `process.on('SIGTERM', () => 0); console.log('ready'); ${FOREVER}`);
    const server = await startProcess(stubborn);
    await server.stop(Duration.millis(200));
    expect(isAlive(server.pid)).toBe(false);
    expect(await server.ended).toBeUndefined();
  });

  it('tells the exit code of a server that ends by itself', async () => {
    const server = await startProcess(program('short', `console.log('ready'); setTimeout(() => process.exit(7), 400)`));
    expect(await server.ended).toBe(7);
  });

  it("fails with the log's last lines when the server ends before it is ready", async () => {
    const start = startProcess(program('broken', `console.error('port is taken'); process.exit(3)`));
    await expect(start).rejects.toThrow(/broken ended with 3 before it was ready.*port is taken/s);
  });

  it('fails when the server is not ready in time, and leaves nothing behind', async () => {
    const slow = program('slow', `console.log(process.pid); ${FOREVER}`, { timeout: Duration.millis(800) });
    await expect(startProcess(slow)).rejects.toThrow(/slow is not ready after 800ms/);
    expect(isAlive(Number(readFileSync(slow.log, 'utf8')))).toBe(false);
  });

  it('fails when there is no such program', async () => {
    const missing = program('missing', '', { command: join(folder, 'no-such-program') });
    await expect(startProcess(missing)).rejects.toThrow(/missing does not start: .*no-such-program/);
  });
});

it('shows the last lines of a log, and nothing of one that is not there', () => {
  expect(lastLines(join(folder, 'polite.log'), 1)).toBe('ready');
  expect(lastLines(join(folder, 'none.log'))).toBe('');
});

it('gives each asker another port', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, freePort));
  expect(new Set(ports).size).toBe(20);
});

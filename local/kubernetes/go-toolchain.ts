import { spawnSync } from 'node:child_process';
import { MissingToolError } from '../missing-tool';

/** The oldest Go that the pinned modules compile with: the highest `go` line of theirs. */
const OLDEST_GO: readonly [number, number] = [1, 26];

/**
 * Go's command, when it is new enough.
 * @throws MissingToolError
 */
export function findGo(): string {
  const { status, stdout } = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' });
  const version = status === 0 ? stdout.trim() : 'none';
  const [major = 0, minor = 0] = version.replace(/^go/, '').split('.').map(Number);
  if (major > OLDEST_GO[0] || (major === OLDEST_GO[0] && minor >= OLDEST_GO[1])) return 'go';
  throw new MissingToolError('Go', `${OLDEST_GO.join('.')} or newer`, version, 'https://go.dev/dl/');
}

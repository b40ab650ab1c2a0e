import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A configuration that a component accepts. */
export interface StartingPoint {
  readonly component: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** Every server needs it; in a cluster it is in `node.properties`. */
const NODE = { 'node.environment': 'test' };

/** What `starting-points.txt` says. */
export function startingPoints(): readonly StartingPoint[] {
  return readFileSync(join(__dirname, 'starting-points.txt'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(startingPoint);
}

function startingPoint(line: string): StartingPoint {
  const [component = '', ...settings] = line.split(' ');
  const pairs = settings.filter((setting) => setting !== '-').map((setting) => split(setting));
  return { component, properties: { ...(component === 'server' ? NODE : {}), ...Object.fromEntries(pairs) } };
}

function split(setting: string): readonly [string, string] {
  const at = setting.indexOf('=');
  return [setting.slice(0, at), setting.slice(at + 1)];
}

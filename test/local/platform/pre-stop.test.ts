import { preStopCommand } from '../../../lib/trino/drain/pre-stop';
import { preStopHere } from '../../../local/platform/pre-stop';

test("a pod's hook asks the node's port and waits for the node's process", () => {
  const [shell, option, script] = preStopHere(preStopCommand('drain', 8080), 4321, 99);
  expect([shell, option]).toEqual(['/bin/bash', '-c']);
  expect(script).toContain('http://127.0.0.1:4321/v1/info/state');
  expect(script).toContain('kill -0 99 2>/dev/null');
  expect(script).not.toMatch(/8080|kill -0 1 /);
});

test('fails when the hook asks somewhere else', () => {
  expect(() => preStopHere(preStopCommand('drain', 8081), 4321, 99)).toThrow(/does not say 'localhost:8080'/);
});

/**
 * The command that Kubernetes runs before it stops a worker: asks Trino to shut down and waits until its process is gone.
 *
 * It asks on localhost without a password, because workers have no authenticator; who may ask is decided by the rules for
 * system information on the workers. The image has bash, curl and coreutils, and no jq, sed, awk or ps. When Trino
 * refuses, the hook fails, which shows as an event, and the pod stops at once.
 * @param user is put in the header as it is: letters, digits, dot, hyphen and underscore
 * @see https://trino.io/docs/current/admin/graceful-shutdown.html
 */
export function preStopCommand(user: string, httpPort: number): readonly string[] {
  return ['/bin/bash', '-c', [shutdownCall(user, httpPort), WAIT_FOR_SERVER].join('\n')];
}

function shutdownCall(user: string, httpPort: number): string {
  const request = `--request PUT --header 'Content-Type: application/json' --header 'X-Trino-User: ${user}'`;
  const patience = '--retry 5 --retry-connrefused --max-time 10';
  const address = `http://localhost:${httpPort}/v1/info/state`;
  return `curl --fail --silent --show-error ${patience} ${request} --data '"SHUTTING_DOWN"' ${address} || exit 1`;
}

/** The container's first process is the server; the signal 0 only asks whether it lives. */
const WAIT_FOR_SERVER = 'while kill -0 1 2>/dev/null; do sleep 1; done';

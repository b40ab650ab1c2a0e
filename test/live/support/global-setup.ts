import { ADDRESS } from './shared-calls';
import { SharedHost } from './shared-host';

/** Before the first test file: nothing is started yet but who will start it. */
export default async function setup(): Promise<void> {
  globalThis.sharedHost = await SharedHost.listen();
  process.env[ADDRESS] = globalThis.sharedHost.url;
}

declare global {
  // Jest's setup and teardown have this in common and nothing else.
  var sharedHost: SharedHost | undefined;
}

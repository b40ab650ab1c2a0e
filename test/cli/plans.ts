import { screenOf } from '../../cli/screen';
import { Cpu, DataSize } from '../../lib/core';
import { planTrino, TrinoRelease } from '../../lib/trino';
import { definition, EXCHANGE, NODE } from '../trino/definition/sample';

export const PIPE = screenOf({});
export const TERMINAL = screenOf({ isTTY: true, columns: 110 }, {});

/** A definition that says nothing that has a default: a node drain would cut its drain off. */
export const PLAIN = planTrino(definition());

/** Small pods on large spot nodes, retries by task, a release whose data are not complete. */
export const SPOT = planTrino(
  definition({
    workers: { node: NODE, min: 0, max: 6, capacity: 'spot', memory: DataSize.gib(24), cpu: Cpu.cores(3) },
    faultTolerance: { retryPolicy: 'TASK', exchange: EXCHANGE },
    prometheusUrl: 'http://prometheus:9090',
    release: TrinoRelease.of('483'),
  }),
);

export function withoutColors(text: string): string {
  return text.replace(/\u001b\[\d+m/g, '');
}

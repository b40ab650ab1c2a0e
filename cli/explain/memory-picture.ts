import type { DataSize } from '../../lib/core';
import type { NodeMemoryPlan } from '../../lib/trino';
import { drawChart, type ChartPart } from '../chart';
import { heading, wrap, type Screen } from '../screen';

/** What the memory of a role's pods is for, as boxes below each other: the node, its pod, the pod's heap. */
export function memoryPicture(screen: Screen, plan: NodeMemoryPlan): readonly string[] {
  const charts = chartsOf(screen, plan).flatMap((chart) => drawChart(chart, screen.width));
  return [...heading(screen, plan.role, fitText(plan)), ...charts, ...legend(screen, plan)];
}

function fitText({ memory, fit }: NodeMemoryPlan): string {
  if (fit === undefined) return `pod of ${memory.toString()}; the node is not known`;
  const { allocatable, podsPerNode, wasted } = fit;
  const pods = podsPerNode === 1 ? 'one pod' : `${podsPerNode} pods`;
  const rest =
    wasted.toBytes() === 0 ? 'nothing wasted' : `${wasted.toString()} (${wasted.percentOf(allocatable)}) wasted`;
  return `${pods} of ${memory.toString()} on a node of ${allocatable.toString()}: ${rest}`;
}

/** One chart where the pod is the node's only one, else one of the node and one of a pod. */
function chartsOf(screen: Screen, plan: NodeMemoryPlan): readonly ChartPart[] {
  const pod = podPart(screen, plan);
  const { fit } = plan;
  if (fit === undefined) return [pod];
  const { podsPerNode } = fit;
  if (podsPerNode === 1) return [nodePart(screen, plan, [pod])];
  return [
    nodePart(screen, plan, podsPerNode > MOST_PODS ? [manyPods(plan, podsPerNode)] : podBoxes(pod, podsPerNode)),
    pod,
  ];
}

/** More would be too narrow for their size. */
const MOST_PODS = 6;

function podBoxes(pod: ChartPart, count: number): readonly ChartPart[] {
  return Array.from({ length: count }, () => ({ ...pod, parts: [] }));
}

function manyPods({ memory }: NodeMemoryPlan, count: number): ChartPart {
  return { labels: [`${count} pods of ${memory.toString()}`], size: memory.toBytes() * count };
}

function nodePart({ colors }: Screen, { fit, memory }: NodeMemoryPlan, pods: readonly ChartPart[]): ChartPart {
  const wasted = part(['wasted', 'waste'], fit?.wasted, colors.bgRed);
  return part(['node'], fit?.allocatable ?? memory, undefined, [...pods, wasted]);
}

function podPart(
  { colors }: Screen,
  { memory, heap, headroom, maxMemoryPerNode, pool, offHeap }: NodeMemoryPlan,
): ChartPart {
  const black = (background: (text: string) => string) => (text: string) => background(colors.black(text));
  return part(['pod'], memory, undefined, [
    part(['heap (-Xmx)', 'heap'], heap, colors.bold, [
      part(['headroom'], headroom, black(colors.bgYellow)),
      part(['one query up to', 'one query'], maxMemoryPerNode, black(colors.bgGreen)),
      part(['rest of the pool', 'rest'], pool.minus(maxMemoryPerNode), black(colors.bgCyan)),
    ]),
    part(
      ['off-heap', 'other'],
      memory.minus(heap),
      undefined,
      offHeap.map(({ name, size }, index) => ({
        labels: [`${keyOf(index)} ${name} ${size.toString()}`, keyOf(index)],
        size: size.toBytes(),
        paint: black(colors.bgWhite),
      })),
    ),
  ]);
}

function part(
  names: readonly string[],
  size: DataSize | undefined,
  paint?: (text: string) => string,
  parts?: readonly ChartPart[],
): ChartPart {
  const labels = [
    ...names.map((name) => `${name} ${size?.toString() ?? ''}`),
    size?.toString() ?? '',
    names.at(-1) ?? '',
  ];
  return {
    ...{ labels, size: size?.toBytes() ?? 0 },
    ...(paint === undefined ? {} : { paint }),
    ...(parts === undefined ? {} : { parts }),
  };
}

/** The letter by which the chart names an off-heap part, which is mostly too small for its name. */
function keyOf(index: number): string {
  return 'abcdefgh'.charAt(index);
}

function legend({ width, colors }: Screen, { offHeap }: NodeMemoryPlan): readonly string[] {
  const names = offHeap.map(({ name, size }, index) => `${keyOf(index)} ${name} ${size.toString()}`);
  const unbroken = names.map((name) => name.replaceAll(' ', NO_BREAK));
  return wrap(`off-heap: ${unbroken.join(', ')}`, width).map((line) => colors.dim(line.replaceAll(NO_BREAK, ' ')));
}

/** A space at which no line ends. */
const NO_BREAK = '\u00a0';

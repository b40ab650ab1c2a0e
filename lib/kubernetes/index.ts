export * from './charts';
export * from './cluster-providers';
export { HelmChart, type HelmChartProps, type ReleaseOptions, releaseViolations } from './helm-chart';
export * from './namespace';
export * from './network-policy';
export * from './object-rules';
export { KubernetesObjects, type KubernetesObjectsProps } from './objects';
export * from './priority-class';

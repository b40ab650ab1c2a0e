/** Names of a metastore's objects, each made in this one place. */
export interface MetastoreNames {
  /** Of the Deployment, the Service, the service account and the disruption budget. */
  readonly base: string;
  readonly configMap: string;
  readonly authorityConfigMap: string;
  /** Labels of the pods that serve. */
  readonly serverPods: Readonly<Record<string, string>>;
  /** Labels of the pod that makes the schema. */
  readonly schemaPods: Readonly<Record<string, string>>;
  /** Label that both have. */
  readonly allPods: Readonly<Record<string, string>>;
}

export function namesOf(base: string): MetastoreNames {
  const allPods = { 'app.kubernetes.io/name': base };
  return {
    base,
    allPods,
    configMap: `${base}-config`,
    authorityConfigMap: `${base}-database-authority`,
    serverPods: { ...allPods, 'app.kubernetes.io/component': 'metastore' },
    schemaPods: { ...allPods, 'app.kubernetes.io/component': 'schema' },
  };
}

/** What a test looks at in a pod. */
import type { Lab } from './lab';
import type { Manifest } from './platform-stack';

export interface Pod extends Manifest {
  readonly spec: {
    /** Undefined while it waits for a node. */
    readonly nodeName?: string;
    readonly priority?: number;
    readonly volumes?: readonly Volume[];
    readonly containers: readonly Container[];
  };
}

export interface Container {
  readonly name: string;
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly subPath?: string }[];
  readonly [key: string]: unknown;
}

interface Volume {
  readonly name: string;
  readonly configMap?: { readonly name: string };
}

interface ConfigMap extends Manifest {
  readonly data?: Readonly<Record<string, string>>;
}

/** Trino's namespace, and its release. */
export const TRINO = 'trino';

/** The pods of a role of Trino. */
export async function trinoPods(lab: Lab, role: 'coordinator' | 'worker'): Promise<readonly Pod[]> {
  const pods = await lab.list<Pod>('pods', TRINO);
  return pods.filter(({ metadata: { labels } }) => labels?.['app.kubernetes.io/component'] === role);
}

/** What the pod's first container reads below a folder, by the path in it. */
export async function mountedFiles(lab: Lab, pod: Pod, folder: string): Promise<Readonly<Record<string, string>>> {
  const configMaps = await lab.list<ConfigMap>('configmaps', pod.metadata.namespace);
  const dataOf = (volume: string): Readonly<Record<string, string>> => {
    const name = pod.spec.volumes?.find((it) => it.name === volume)?.configMap?.name;
    return configMaps.find(({ metadata }) => metadata.name === name)?.data ?? {};
  };
  const mounts = pod.spec.containers[0]?.volumeMounts ?? [];
  return Object.fromEntries(
    mounts
      .filter(({ mountPath }) => `${mountPath}/`.startsWith(`${folder}/`))
      .flatMap(({ name, mountPath, subPath }) =>
        Object.entries(dataOf(name))
          .filter(([key]) => subPath === undefined || key === subPath)
          .map(([key, text]) => [
            (subPath === undefined ? `${mountPath}/${key}` : mountPath).slice(folder.length + 1),
            text,
          ]),
      ),
  );
}

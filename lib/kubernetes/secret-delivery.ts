import type { IExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret' with {
  'resolution-mode': 'import',
};
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import {
  Duration,
  type SecretRef,
  type Violation,
  describeViolation,
  isSecretRef,
  matches,
  refuse,
  show,
} from '../core';
import type { ISecretStore } from './external-secrets';
import type { INamespace } from './namespace';
import { labelNameViolations } from './names';
import { KubernetesObjects } from './objects';

/** A variable of a pod's environment whose value is a secret. */
export interface SecretVariable {
  readonly name: string;
  readonly secret: SecretRef;
  /** How the value must be written: for a part of a URL, percent-encoded. @default - as it is */
  readonly encoding?: 'url';
}

/** A file with secrets in its text. */
export interface SecretText {
  readonly name: string;
  readonly content: readonly (string | SecretRef)[];
}

/** Where secrets come from, where they go, under which names and how often. */
export interface SecretDeliveryProps {
  readonly store: ISecretStore;
  readonly namespace: INamespace;
  /** First part of the names: `trino` makes the Secrets `trino-env` and `trino-files`. */
  readonly name: string;
  /** How often a secret is read again, 1 minute or more: a rotated password arrives so much later. @default 5m */
  readonly refreshInterval?: Duration;
}

const REFRESH = Duration.minutes(5);
const SHORTEST_REFRESH = Duration.minutes(1);

/**
 * Secrets of AWS Secrets Manager as two Secrets of Kubernetes: one with variables, one with files. Terraform carries
 * pointers only; the operator in the cluster reads the values and follows their rotation.
 *
 * Ask `variables` and `files` when everything is added: a Secret without content is not made.
 */
export class SecretDelivery extends Construct {
  /** Name of the Secret whose keys are the variables. */
  public readonly variablesSecret: string;
  /** Name of the Secret whose keys are the files. */
  public readonly filesSecret: string;
  /** For the pods that use the Secrets: without them they wait in `CreateContainerConfigError`. */
  public readonly ready: ITerraformDependable;
  private readonly props: SecretDeliveryProps;
  /** By all that they say. */
  private readonly _variables = new Map<string, SecretVariable>();
  private readonly _files = new Map<string, SecretText>();

  /** @throws ConfigError when the name or the interval is not possible */
  public constructor(scope: Construct, id: string, props: SecretDeliveryProps) {
    super(scope, id);
    refuse(this.node.path, deliveryViolations(props));
    const { name, namespace, store } = props;
    this.props = props;
    this.variablesSecret = `${name}-env`;
    this.filesSecret = `${name}-files`;
    this.ready = new KubernetesObjects(this, 'Objects', {
      releaseName: `${name}-secrets`,
      namespace,
      objects: () => this.objects(),
      dependsOn: store.ready,
    }).release;
    this.node.addValidation({
      validate: () => contentViolations(this.variables, this.files).map((it) => describeViolation(it)),
    });
  }

  public get variables(): readonly SecretVariable[] {
    return [...this._variables.values()];
  }

  public get files(): readonly SecretText[] {
    return [...this._files.values()];
  }

  /** The same variable asked for twice is there once. */
  public addVariable(variable: SecretVariable): void {
    if (this._variables.has(show(variable))) return;
    this._variables.set(show(variable), variable);
    this.serve([variable.secret]);
  }

  /** The same file asked for twice is there once. */
  public addFile(file: SecretText): void {
    if (this._files.has(show(file))) return;
    this._files.set(show(file), file);
    this.serve(file.content.filter(isSecretRef));
  }

  private serve(secrets: readonly SecretRef[]): void {
    for (const { secret } of secrets) this.props.store.serve(this.props.namespace.name, secret);
  }

  private objects(): readonly IExternalSecret[] {
    const variables = this.variables.map(({ name, secret, encoding }) => ({
      name,
      content: [secret],
      encode: encoding === 'url',
    }));
    const files = this.files.map((file) => ({ ...file, encode: false }));
    return [
      ...(variables.length === 0 ? [] : [this.externalSecret(this.variablesSecret, variables)]),
      ...(files.length === 0 ? [] : [this.externalSecret(this.filesSecret, files)]),
    ];
  }

  private externalSecret(name: string, entries: readonly Entry[]): IExternalSecret {
    const { refreshInterval = REFRESH, store } = this.props;
    const secrets = distinct(entries.flatMap(({ content }) => content.filter(isSecretRef)));
    return {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name },
      spec: {
        refreshInterval: refreshInterval.toGo(),
        secretStoreRef: { kind: 'ClusterSecretStore', name: store.storeName },
        target: {
          name,
          template: {
            engineVersion: 'v2',
            data: Object.fromEntries(entries.map((entry) => [entry.name, templateOf(entry, secrets)])),
          },
        },
        data: secrets.map(({ secret, key }, index) => ({
          secretKey: keyOf(index),
          remoteRef: { key: secret, ...(key === undefined ? {} : { property: key }) },
        })),
      },
    };
  }
}

/** A key of a Secret. */
interface Entry extends SecretText {
  /** Percent-encode what is secret. */
  readonly encode: boolean;
}

/**
 * A template of Go's that yields the text with the secrets in it.
 * @see https://external-secrets.io/latest/guides/templating/ @see https://pkg.go.dev/text/template#hdr-Functions (urlquery)
 */
function templateOf({ content, encode }: Entry, secrets: readonly SecretRef[]): string {
  return content
    .map((part) => {
      if (!isSecretRef(part)) return literal(part);
      const key = keyOf(secrets.findIndex((secret) => show(secret) === show(part)));
      return encode ? `{{ .${key} | urlquery }}` : `{{ .${key} }}`;
    })
    .join('');
}

/** Text that means itself, braces included. */
function literal(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}');
}

function keyOf(index: number): string {
  return `secret${index}`;
}

function distinct(secrets: readonly SecretRef[]): readonly SecretRef[] {
  return [...new Map(secrets.map((secret) => [show(secret), secret])).values()];
}

/** What is wrong with a delivery, whatever it delivers. */
export function deliveryViolations({
  name,
  refreshInterval = REFRESH,
}: Pick<SecretDeliveryProps, 'name' | 'refreshInterval'>): readonly Violation[] {
  const tooOften = {
    path: 'refreshInterval',
    got: show(refreshInterval),
    allowed: `at least ${SHORTEST_REFRESH}: AWS charges for each read`,
    fix: `leave it out for ${REFRESH}`,
  };
  return [
    ...labelNameViolations('name', name, 40),
    ...(refreshInterval.isLessThan(SHORTEST_REFRESH) ? [tooOften] : []),
  ];
}

/** What Kubernetes would refuse as a key of a Secret, and one name for two contents. */
function contentViolations(variables: readonly SecretVariable[], files: readonly SecretText[]): readonly Violation[] {
  return [
    ...keyViolations('variables', /^[A-Za-z_]\w*$/, variables),
    ...keyViolations('files', /^[-.\w]{1,253}$/, files),
  ];
}

function keyViolations(path: string, pattern: RegExp, entries: readonly { name: string }[]): readonly Violation[] {
  return entries.flatMap(({ name }, index) => [
    ...(matches(pattern, name)
      ? []
      : [{ path, got: show(name), allowed: `a name like ${pattern.source}`, fix: 'rename it' }]),
    ...(entries.findIndex((other) => other.name === name) < index
      ? [{ path, got: `two of the name ${show(name)}`, allowed: 'one', fix: 'rename one of them' }]
      : []),
  ]);
}

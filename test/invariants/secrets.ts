/** Secrets stay out of the files, and out of Terraform's state. */
import { resources } from '../support/synth';
import { textsOf, valuesOf, type Invariant, type Value } from './document';

/**
 * Arguments whose value Terraform would keep in its state. Endings of the arguments that the AWS provider marks as
 * sensitive, and those of Kubernetes and Helm that take secret data.
 * @see https://developer.hashicorp.com/terraform/language/manage-sensitive-data
 */
const KEPT_IN_STATE =
  /(?:^|_)(?:passwords?|secret_string|secret_binary|(?:secret|access|secret_access)_key|private_key|(?:(?:auth|access|oauth)_)?token|api_key|client_secret|(?:shared|preshared)_secret|preshared_key|set_sensitive)$/;
/** A write-only argument, or something in one. */
const WRITE_ONLY = /_wo(?:\.|$)/;
const SECRET_DATA: Readonly<Record<string, readonly string[]>> = {
  kubernetes_secret: ['data', 'binary_data'],
  kubernetes_secret_v1: ['data', 'binary_data'],
};

/** No argument that ends up in the state takes a secret, and no provider or backend is given one. */
export const noSecretInState: Invariant = (stack) => [
  ...keptInState(stack.provider).map(({ path }) => `provider.${path}: credentials come from the environment`),
  ...keptInState(stack.terraform).map(({ path }) => `terraform.${path}: credentials come from the environment`),
  ...resources(stack).flatMap(({ type, address, args }) =>
    [...keptInState(args), ...valuesOf(args).filter(({ path }) => SECRET_DATA[type]?.includes(path))].map(
      ({ path }) => `${address}: ${path} is kept in the state; use the write-only argument`,
    ),
  ),
];

function keptInState(block: unknown): Value[] {
  return valuesOf(block).filter(
    ({ name, path, value }) => KEPT_IN_STATE.test(name) && !WRITE_ONLY.test(path) && typeof value !== 'boolean',
  );
}

/** What goes into a write-only argument is made while Terraform runs: it is no text of the file. */
export const writeOnlyValuesAreEphemeral: Invariant = (stack) =>
  resources(stack).flatMap(({ address, args }) =>
    valuesOf(args)
      .filter(({ path, value }) => WRITE_ONLY.test(path) && typeof value === 'string')
      .filter(({ value }) => !/^\$\{.*\bephemeral\./s.test(String(value)))
      .map(({ path }) => `${address}: ${path} is no ephemeral value`),
  );

const LOOKS_SECRET =
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY|[?&;](?:password|secret)=(?!\$\{)[^&;$]/i;

/** Nothing looks like a key of AWS, a private key or a password in a URL. */
export const nothingLooksSecret: Invariant = (stack) =>
  textsOf(stack)
    .filter(({ text }) => LOOKS_SECRET.test(text))
    .map(({ path }) => `${path}: looks like a secret`);

/** None of these texts, which were given as secrets, is anywhere in the file, in clear or encoded. */
export function noneOf(canaries: readonly string[]): Invariant {
  const forms = canaries.flatMap((canary) => [canary, Buffer.from(canary).toString('base64').replace(/=+$/, '')]);
  return (stack) =>
    textsOf(stack)
      .filter(({ text }) => forms.some((form) => text.includes(form)))
      .map(({ path }) => `${path}: holds a text that was given as a secret`);
}

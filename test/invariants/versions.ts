/** Where things come from and whose they are. */
import { type Args, resources } from '../support/synth';
import { at, type Invariant } from './document';

const EXACT = /^\d+\.\d+\.\d+$/;
const isText = (value: unknown) => typeof value === 'string' && value !== '';

/** Every provider has one exact version, and Terraform is new enough for write-only arguments. */
export const providersArePinned: Invariant = ({ terraform }) => [
  ...Object.entries(terraform.required_providers ?? {})
    .filter(([, { version }]) => !EXACT.test(version))
    .map(([name, { version }]) => `provider ${name}: version ${version} is not exact`),
  ...(isText(terraform['required_version']) ? [] : ['terraform: no required_version']),
];

/** What is installed from elsewhere has a version, so that the same files install the same thing tomorrow. */
const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  aws_db_instance: ['engine_version'],
  aws_eks_addon: ['addon_version'],
  aws_eks_cluster: ['version'],
  aws_eks_node_group: ['version'],
  aws_msk_cluster: ['kafka_version'],
  helm_release: ['version'],
};

/** A chart of our own: its files are beside the stack's. */
const isLocal = ({ chart }: Args) => typeof chart === 'string' && chart.startsWith('./');

export const installedVersionsAreNamed: Invariant = (stack) =>
  resources(stack)
    .filter(({ args }) => !isLocal(args))
    .flatMap(({ type, address, args }) =>
      (VERSIONS[type] ?? []).filter((name) => !isText(args[name])).map((name) => `${address}: no ${name}`),
    );

/** Tags by which people find what something is for; `ManagedBy` tells them not to change it by hand. */
const TAGS = ['Environment', 'Layer', 'ManagedBy'];

/**
 * Everything that takes tags has them, because the provider adds them; but not to what machines and autoscaling groups
 * make on their own, which has to be told.
 * @see https://registry.terraform.io/providers/hashicorp/aws/6.25.0/docs#default_tags-configuration-block
 */
export const everythingIsTagged: Invariant = (stack) => [
  ...(stack.provider?.['aws'] ?? []).flatMap((provider) =>
    TAGS.filter((tag) => !isText(at(provider, 'default_tags', 'tags', tag))).map(
      (tag) => `provider aws: no tag ${tag}`,
    ),
  ),
  ...resources(stack, 'aws_launch_template').flatMap(({ address, args }) =>
    ['instance', 'volume']
      .filter((type) => !tagSpecified(args['tag_specifications'], type))
      .map((type) => `${address}: no tags of each ${type}`),
  ),
];

function tagSpecified(specifications: unknown, type: string): boolean {
  return (Array.isArray(specifications) ? specifications : []).some(
    (it: unknown) => at(it, 'resource_type') === type && at(it, 'tags') !== undefined,
  );
}

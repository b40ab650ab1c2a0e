/** Ephemeral resources: the bindings were generated before they existed, so the ones we use are written down here. */
import type { Attribute, CtyType, Schema } from './schema';

/** Schemas by type. A type that is missing here is refused by Terraform with its name. */
export const EPHEMERAL_SCHEMAS: Readonly<Record<string, Schema>> = {
  /** @see https://registry.terraform.io/providers/hashicorp/aws/6.25.0/docs/ephemeral-resources/secretsmanager_random_password */
  aws_secretsmanager_random_password: ephemeral({
    optional: {
      exclude_characters: 'string',
      exclude_lowercase: 'bool',
      exclude_numbers: 'bool',
      exclude_punctuation: 'bool',
      exclude_uppercase: 'bool',
      include_space: 'bool',
      password_length: 'number',
      region: 'string',
      require_each_included_type: 'bool',
    },
    computed: { random_password: 'string' },
  }),
};

type Types = Readonly<Record<string, CtyType>>;

function ephemeral({ optional, computed }: { optional: Types; computed: Types }): Schema {
  const attributes = [
    ...Object.entries(optional).map(([name, type]) => attribute(name, type, true)),
    ...Object.entries(computed).map(([name, type]) => attribute(name, type, false)),
  ];
  return { version: 0, block: { attributes, block_types: [] } };
}

function attribute(name: string, type: CtyType, optional: boolean): Attribute {
  return { name, type, required: false, optional, computed: !optional, write_only: false };
}

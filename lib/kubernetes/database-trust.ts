import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap' with { 'resolution-mode': 'import' };

/**
 * Whom to believe that a database is what it says. The authorities of RDS are Amazon's own and in no system's list; AWS
 * publishes them at an address whose certificate is of a public authority.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
 */
export type DatabaseAuthority = { readonly url: string } | { readonly pem: string };

/** The authorities of RDS in all regions. */
export const RDS_AUTHORITY: DatabaseAuthority = {
  url: 'https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem',
};

/** Where a bundle of one's own is mounted. */
export const AUTHORITY_DIRECTORY = '/etc/database-authority';
const FILE = 'bundle.pem';

/** What pods fetch or read: an address, or a path below `AUTHORITY_DIRECTORY`. */
export function bundleOf(authority: DatabaseAuthority): string {
  return 'url' in authority ? authority.url : `${AUTHORITY_DIRECTORY}/${FILE}`;
}

/** The bundle as an object; certificates are no secret. */
export function authorityConfigMap(name: string, authority: DatabaseAuthority): IConfigMap {
  const data = 'url' in authority ? {} : { [FILE]: authority.pem };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
}

import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress' with { 'resolution-mode': 'import' };
import { parseCidr } from '../aws/cidr';
import { isToken, matches, rule, show, type Violation, violationsOf } from '../core';
import { INGRESS_CLASS } from '../kubernetes';
import type { ChartNames } from '../trino';

/** An internal load balancer in front of the coordinator. */
export interface IngressOptions {
  /** Name that clients use: `trino.acme.internal`. */
  readonly host: string;
  /** The certificate of that name in AWS Certificate Manager, in the region of the cluster. */
  readonly certificateArn: string;
  /** IPv4 ranges that may connect, one at least. @default - the VPC */
  readonly clients?: readonly string[];
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-2021-06';
/** A client asks for the next page of a result after as much as this. */
const IDLE_SECONDS = 300;
const ALB = 'alb.ingress.kubernetes.io';

/**
 * TLS ends at the load balancer, which tells Trino so in a header; pods are its targets.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/
 */
export function ingress({ service, httpPort }: ChartNames, options: IngressOptions, vpcCidr: string): IIngress {
  const { host, certificateArn, clients = [vpcCidr] } = options;
  const backend = { service: { name: service, port: { number: httpPort } } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: service,
      annotations: {
        [`${ALB}/scheme`]: 'internal',
        [`${ALB}/target-type`]: 'ip',
        [`${ALB}/listen-ports`]: '[{"HTTPS":443}]',
        [`${ALB}/certificate-arn`]: certificateArn,
        [`${ALB}/ssl-policy`]: TLS_POLICY,
        [`${ALB}/inbound-cidrs`]: clients.join(','),
        [`${ALB}/healthcheck-path`]: '/v1/info',
        [`${ALB}/load-balancer-attributes`]: `idle_timeout.timeout_seconds=${IDLE_SECONDS},routing.http.drop_invalid_header_fields.enabled=true`,
      },
    },
    spec: {
      ingressClassName: INGRESS_CLASS,
      rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
    },
  };
}

interface PlacedIngress extends IngressOptions {
  readonly region: string;
}

const RULES = [
  rule<PlacedIngress>(
    ({ host }) => isToken(host) || matches(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/, host),
    ({ host }) => ({
      path: 'host',
      got: show(host),
      allowed: 'a name in DNS without protocol and port, like trino.acme.internal',
      fix: 'write the name that clients use, as it stands in the certificate',
    }),
  ),
  rule<PlacedIngress>(
    ({ certificateArn: arn, region }) => {
      const place = isToken(region) ? '[-a-z0-9]+' : region;
      return isToken(arn) || new RegExp(`^arn:aws[-a-z]*:acm:${place}:[0-9]{12}:certificate/.+$`).test(arn);
    },
    ({ certificateArn, region }) => ({
      path: 'certificateArn',
      got: show(certificateArn),
      allowed: `arn:aws:acm:${region}:<account>:certificate/<id>: load balancers take certificates of their own region`,
      fix: `request the certificate in AWS Certificate Manager in ${region}, or import it there`,
    }),
  ),
  /** @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#inbound-cidrs */
  rule<PlacedIngress>(
    ({ clients }) => clients?.length !== 0,
    () => ({
      path: 'clients',
      got: '[]',
      allowed: 'one range at least: a load balancer that names none lets every address in',
      fix: 'name the ranges that may connect, or leave clients out for those of the VPC',
    }),
  ),
  ({ clients = [] }: PlacedIngress) => clients.flatMap(clientViolations),
];

function clientViolations(cidr: string, index: number): readonly Violation[] {
  if (isToken(cidr) || parseCidr(cidr) !== undefined) return [];
  return [
    {
      path: `clients[${index}]`,
      got: show(cidr),
      allowed: 'an IPv4 range that begins with its first address, like 10.8.0.0/16',
      fix: 'name the addresses of your network or VPN',
    },
  ];
}

/** @param region of the cluster */
export function ingressViolations(options: IngressOptions, region: string): readonly Violation[] {
  return violationsOf({ ...options, region }, RULES);
}

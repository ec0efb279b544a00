import type { RegionalRecordProps } from 'nines/aws';
import { AWS } from './aws';
import { type Breakage, TOKEN, UNKNOWN } from './breakage';

type InZone = Pick<RegionalRecordProps, 'hostedZone'> & { readonly record?: string };

const zone = (got: string) =>
  `hostedZone must be a zone, its id or its name, known at synthesis, got ${got}; write it as in 'example.com', or give { zoneId, name }`;

/** Ways to break a hosted zone. */
export const HOSTED_ZONE: readonly Breakage<InZone>[] = [
  ...(
    [
      ['that is missing', undefined, 'undefined'],
      ['that is one label', 'localhost', "'localhost'"],
      ['that is a URL', 'https://example.com', "'https://example.com'"],
      ['whose name or id is known only after deployment', UNKNOWN.text, TOKEN],
      ['without a name', { zoneId: 'Z0123456789ABC' }, 'an object'],
      [
        'with an ARN in place of its id',
        { zoneId: 'arn:aws:route53:::hostedzone/Z01', name: 'example.com' },
        'an object',
      ],
    ] as const
  ).map(
    ([what, hostedZone, got]): Breakage<InZone> => ({
      what: `a zone ${what}`,
      set: { hostedZone },
      reads: ['record', 'endpoints', 'lastResort'],
      says: zone(got),
    }),
  ),
];

const label = (got: string) =>
  `record must be a name below the zone's, known at synthesis and without '*', got ${got}; write it as in 'shop'`;

/** Ways to break a name in a zone. */
export const LABEL: readonly Breakage<InZone>[] = [
  ...(
    [
      ['*.shop', "'*.shop'"],
      ['', "''"],
      ['shop.', "'shop.'"],
      ['my shop', "'my shop'"],
    ] as const
  ).map(
    ([record, got]): Breakage<InZone> => ({
      what: `the name ${got}`,
      set: { record },
      reads: ['endpoints', 'lastResort', 'hostedZone'],
      says: label(got),
    }),
  ),
  {
    what: 'a name known only after deployment',
    set: { record: UNKNOWN.text },
    reads: ['endpoints', 'lastResort', 'hostedZone'],
    says: label(TOKEN),
  },
  {
    // terraform would make shop.example.com.example.com of it, or not, as the provider's version has it
    what: 'a name with that of the zone',
    set: { record: 'shop.example.com', hostedZone: { zoneId: 'Z0123456789ABC', name: 'Example.com' } },
    reads: ['endpoints', 'lastResort'],
    says: "record must not repeat the zone's name, got 'shop.example.com'; leave '.Example.com' out",
  },
];

/** Every way to break a `RegionalRecord`. */
export const REGIONAL_RECORD: readonly Breakage<RegionalRecordProps>[] = [
  ...HOSTED_ZONE,
  ...LABEL,
  {
    what: 'a record that is missing',
    set: { record: undefined },
    reads: ['hostedZone'],
    says: label('undefined'),
  },
  {
    what: 'a target that is text',
    set: { target: 'web.elb.amazonaws.com' },
    says: "target must be a load balancer, got 'web.elb.amazonaws.com'; pass HAWebTier's loadBalancer",
  },
  {
    what: 'a target without a name or a zone',
    set: { target: {} },
    says: [
      "target.dnsName must be the DNS name of a load balancer, got undefined; pass HAWebTier's loadBalancer",
      "target.zoneId must be the id of the load balancer's own zone, got undefined; pass HAWebTier's loadBalancer",
    ],
  },
  ...AWS.filter(({ set }) => !('tags' in set)),
];

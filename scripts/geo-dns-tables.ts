import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { type DnsClient, HealthCheck, Routing } from 'nines';
import { MultiRegionGeoDNS } from 'nines/aws';
import { table } from './markdown-table';

const REGIONS = ['eu-west-1', 'us-east-1', 'ap-southeast-2'] as const;

/** Clients, and about how many milliseconds they are from each region: eu-west-1, us-east-1, ap-southeast-2. */
const CLIENTS: readonly { readonly who: string; readonly place: DnsClient; readonly away: readonly number[] }[] = [
  { who: 'France', place: { continent: 'EU', country: 'FR' }, away: [20, 85, 280] },
  { who: 'Canada', place: { continent: 'NA', country: 'CA' }, away: [80, 20, 200] },
  { who: 'Japan', place: { continent: 'AS', country: 'JP' }, away: [210, 150, 105] },
  { who: 'not located', place: {}, away: [90, 15, 220] },
];

const ROUTINGS: readonly { readonly text: string; readonly routing: Routing }[] = [
  { text: 'latency()', routing: Routing.latency() },
  {
    text: "geolocation({ continents: { EU: 'eu-west-1' }, countries: { JP: 'us-east-1' } })",
    routing: Routing.geolocation({ continents: { EU: 'eu-west-1' }, countries: { JP: 'us-east-1' } }),
  },
  { text: "failover('us-east-1', 'eu-west-1')", routing: Routing.failover('us-east-1', 'eu-west-1') },
  {
    text: "weighted({ 'eu-west-1': 9, 'us-east-1': 1 })",
    routing: Routing.weighted({ 'eu-west-1': 9, 'us-east-1': 1 }),
  },
];

const DOWN: readonly (readonly (typeof REGIONS)[number][])[] = [
  [],
  ['eu-west-1'],
  ['us-east-1'],
  ['eu-west-1', 'us-east-1'],
];

/** Tables of docs/geo-dns.md. */
export const GEO_DNS_TABLES: Readonly<Record<string, () => string>> = { served };

function served(): string {
  const stack = new TerraformStack(new App(), 'dns');
  new AwsProvider(stack, 'Aws', { region: 'us-east-1' });
  const rows = ROUTINGS.flatMap(({ text, routing }, position) => {
    const dns = new MultiRegionGeoDNS(stack, `Dns${position}`, {
      hostedZone: { zoneId: 'Z0123456789ABC', name: 'example.com' },
      record: `shop-${position}`,
      endpoints: REGIONS.map((region) => ({ region, target: { record: `${region}.shop` } })),
      routing,
      healthCheck: HealthCheck.https('/health/ready'),
    });
    return CLIENTS.map(({ who, place, away }, row) => [
      row === 0 ? `\`${text}\`` : '',
      who,
      ...DOWN.map((down) => {
        const latency = Object.fromEntries(REGIONS.map((region, index) => [region, away[index] ?? 0]));
        const answers = dns.served({ ...place, latency }, down);
        return answers.map(({ by, share }) => (share === 1 ? by : `${Math.round(share * 100)} % ${by}`)).join(', ');
      }),
    ]);
  });
  return table(
    ['routing', 'client', ...DOWN.map((down) => (down.length === 0 ? 'all up' : `${down.join(', ')} down`))],
    rows,
  );
}

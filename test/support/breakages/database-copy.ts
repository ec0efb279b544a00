import type { MultiAZDatabaseProps } from 'nines/aws';
import { OTHER_REGION, REGION } from '../random-databases';
import { type Breakage, TOKEN, UNKNOWN } from './breakage';
import { keys, topics } from './data-tier';
import { plainNetwork, plainProvider } from './plain-network';

type Row = Breakage<MultiAZDatabaseProps>;

const follows = ({ regionLoss }: MultiAZDatabaseProps) => regionLoss !== undefined && regionLoss.keep !== 'backups';
const kept = ({ regionLoss }: MultiAZDatabaseProps) => regionLoss !== undefined;
const isGlobal = ({ regionLoss }: MultiAZDatabaseProps) => regionLoss?.keep === 'global database';
const isInstance = ({ topology = 'instance' }: MultiAZDatabaseProps) => topology === 'instance';

/** The network of the copy, with data subnets in zones of these letters. */
const networkThere = (letters: string, data?: string) => plainNetwork(OTHER_REGION, letters, data);
const PLACE = ['regionLoss.keep', 'regionLoss.provider'];

const KEEP: readonly Row[] = ['all', { keep: 'snapshots' }].map((regionLoss) => ({
  what: `regionLoss ${typeof regionLoss === 'string' ? 'as text' : 'of another kind'}`,
  set: { regionLoss },
  says:
    "regionLoss.keep must be one of 'backups', 'read replica', 'global database', got " +
    `'${typeof regionLoss === 'string' ? regionLoss : regionLoss.keep}'; see its documentation`,
}));

const THERE = { region: OTHER_REGION, by: 'regionLoss.provider' };

/** Ways to break what is kept in another region. */
export const DATABASE_COPY: readonly Row[] = [
  ...KEEP,
  {
    what: 'the name of the other provider in place of the provider',
    needs: kept,
    set: { 'regionLoss.provider': 'aws.there' },
    reads: ['regionLoss.network', 'regionLoss.zones', 'regionLoss.kmsKeyArn', 'regionLoss.notificationTopicArn'],
    says: "regionLoss.provider must be an AwsProvider, got 'aws.there'; make one for the other region, with an alias",
  },
  {
    what: 'a copy in the same region',
    needs: isInstance,
    set: { regionLoss: { keep: 'backups', provider: plainProvider(REGION) } },
    reads: ['network', 'topology'],
    says: `regionLoss.provider must be one of another region, got '${REGION}' again; make one for the other region`,
  },
  {
    what: 'no network in the other region',
    needs: follows,
    set: { 'regionLoss.network': undefined, 'regionLoss.zones': undefined },
    reads: PLACE,
    says: 'regionLoss.network must be a MultiAZNetwork, got undefined; make one, or use MultiAZNetwork.fromExisting',
  },
  {
    what: 'one zone in the other region',
    needs: follows,
    set: { 'regionLoss.network': networkThere('abc', 'a'), 'regionLoss.zones': undefined },
    reads: PLACE,
    says: ({ regionLoss }) =>
      `regionLoss.network must have dataSubnets in at least 2 zones for topology '${
        regionLoss?.keep === 'global database' ? 'aurora' : 'instance'
      }', got 1; add a zone, or take another topology`,
  },
  {
    what: 'a network of a third region',
    needs: follows,
    set: { 'regionLoss.network': plainNetwork('eu-west-1', 'ab'), 'regionLoss.zones': undefined },
    reads: PLACE,
    says:
      `regionLoss.network.zones must lie in the region of the provider (${OTHER_REGION}), got 'eu-west-1'; ` +
      'change the zones, or pass the provider of their region',
  },
  {
    what: 'zones in the other region known only after deployment',
    needs: follows,
    set: { 'regionLoss.zones': UNKNOWN.list },
    reads: [...PLACE, 'regionLoss.network'],
    says: `regionLoss.zones must be known at synthesis, got ${TOKEN}; write the names itself`,
  },
  {
    what: 'zones that the network of the other region has not',
    needs: follows,
    set: { 'regionLoss.zones': [`${REGION}a`], 'regionLoss.network': networkThere('ab') },
    reads: PLACE,
    says:
      `regionLoss.zones must be zones of regionLoss.network with a data subnet (${OTHER_REGION}a, ${OTHER_REGION}b), each once, ` +
      `got '${REGION}a'; leave it out for all of them`,
  },
  {
    what: 'a second cluster over more zones than its volume lies in',
    needs: isGlobal,
    set: { 'regionLoss.zones': undefined, 'regionLoss.network': networkThere('abcd') },
    reads: PLACE,
    says:
      "regionLoss.zones must name 2 or 3 zones for topology 'aurora', got 4; " +
      'choose those that its volume lies in, for good: it cannot be moved to others',
  },
  ...keys('regionLoss.kmsKeyArn', { ...THERE, needs: kept }),
  ...topics('regionLoss.notificationTopicArn', { ...THERE, needs: follows }).map((row) => ({
    ...row,
    reads: [...(row.reads ?? []), 'regionLoss.keep'],
  })),
  {
    what: 'a burstable class in a global database',
    needs: isGlobal,
    set: { instanceClass: 'db.t4g.medium' },
    reads: ['topology', 'regionLoss.keep'],
    says: "instanceClass must not be a burstable one in a global database, got 'db.t4g.medium'; take one as in 'db.r7g.large'",
  },
];

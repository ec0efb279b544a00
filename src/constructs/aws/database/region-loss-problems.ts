import { hasMember, isToken, shown } from '../../../validation';
import { keyProblems } from '../encryption-key';
import type { Settings } from './props';

const KEPT = ['backups', 'read replica', 'global database'];

/** What is wrong with what is kept in another region. */
export function regionLossProblems(settings: Settings, region: string | undefined): string[] {
  const { regionLoss } = settings;
  if (regionLoss === undefined) return [];
  if (!hasMember(regionLoss, 'keep') || !KEPT.includes(regionLoss.keep)) {
    return [
      `regionLoss.keep must be one of ${KEPT.map((kept) => `'${kept}'`).join(', ')}, got ` +
        `${shown(hasMember(regionLoss, 'keep') ? regionLoss.keep : regionLoss)}; see its documentation`,
    ];
  }
  return [
    ...providerProblems(regionLoss.provider, region),
    ...(regionLoss.keep === 'backups' ? [] : networkThereProblems(regionLoss.network, regionLoss.provider?.region)),
    ...keyProblems('regionLoss.kmsKeyArn', regionLoss.kmsKeyArn),
  ];
}

function providerProblems(provider: unknown, region: string | undefined): string[] {
  if (!hasMember(provider, 'fqn')) {
    return [
      `regionLoss.provider must be an AwsProvider, got ${shown(provider)}; make one for the other region, with an alias`,
    ];
  }
  const there = (provider as { readonly region?: string }).region;
  if (there === undefined || isToken(there) || there !== region) return [];
  return [
    `regionLoss.provider must be one of another region, got ${shown(there)} again; make one for the other region`,
  ];
}

function networkThereProblems(network: unknown, there: string | undefined): string[] {
  if (!hasMember(network, 'dataSubnets') || !hasMember(network, 'zones')) {
    return [`regionLoss.network must be a MultiAZNetwork of the other region, got ${shown(network)}; make one there`];
  }
  const { dataSubnets, zones } = network as Settings['network'];
  const problems =
    dataSubnets.length >= 2
      ? []
      : [`regionLoss.network must have dataSubnets in at least 2 zones, got ${dataSubnets.length}; add them`];
  const elsewhere = there === undefined || isToken(there) ? [] : zones.filter((zone) => !zone.startsWith(there));
  if (elsewhere.length === 0) return problems;
  return [
    ...problems,
    `regionLoss.network must lie in the region of regionLoss.provider (${there}), got zones ${shown(elsewhere)}; make one there`,
  ];
}

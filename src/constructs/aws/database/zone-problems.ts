import { hasMember, isToken, shown, unknownProblem } from '../../../validation';
import type { ZonalNetwork } from '../network/zonal-network';
import { zoneProblems } from '../network/zones';
import { type DatabaseTopology, ZONES } from './capabilities';
import { chosenSubnets, type Settings } from './props';

/** Where a database is to run, as its user wrote it. */
interface Place {
  readonly network: ZonalNetwork;
  readonly zones?: readonly string[];
  readonly topology: DatabaseTopology;
}

/** What is wrong with the network, and with the zones in it. */
export function zonesProblems({ network, zones, topology }: Settings, region: string | undefined): string[] {
  return placeProblems('', { network, zones, topology }, region);
}

/**
 * What is wrong with a place for a topology.
 *
 * @param prefix what stands before the names of its props: `regionLoss.`
 * @param region region of its provider, if it is known
 */
export function placeProblems(
  prefix: string,
  { network, zones, topology }: Place,
  region: string | undefined,
): string[] {
  if (!hasMember(network, 'zones') || !Array.isArray(network.dataSubnets)) {
    return [
      `${prefix}network must be a MultiAZNetwork, got ${shown(network)}; make one, or use MultiAZNetwork.fromExisting`,
    ];
  }
  const strange = [
    ...zoneProblems(`${prefix}network.zones`, network.zones, region),
    ...choiceProblems(prefix, network, zones),
  ];
  if (strange.length > 0 || !(topology in ZONES)) return strange;
  const { fewest, most } = ZONES[topology];
  const count = chosenSubnets(network, zones).length;
  if (count < fewest) {
    return [
      `${prefix}network must have dataSubnets in at least ${fewest} zones for topology '${topology}', got ${count}; ` +
        (count === 0 ? 'add them' : 'add a zone, or take another topology'),
    ];
  }
  if (count <= most) return [];
  return [
    `${prefix}zones must name ${fewest} or ${most} zones for topology '${topology}', got ${count}; ` +
      'choose those that its volume lies in, for good: it cannot be moved to others',
  ];
}

function choiceProblems(prefix: string, network: ZonalNetwork, zones: unknown): string[] {
  if (zones === undefined) return [];
  if (isToken(zones)) return [unknownProblem(`${prefix}zones`, 'names', zones)];
  const there = network.dataSubnets.map(({ zone }) => zone);
  const isChoice = Array.isArray(zones) && zones.every((zone) => there.includes(zone));
  if (isChoice && new Set(zones).size === zones.length) return [];
  return [
    `${prefix}zones must be zones of ${prefix}network with a data subnet (${there.join(', ')}), each once, ` +
      `got ${shown(zones)}; leave it out for all of them`,
  ];
}

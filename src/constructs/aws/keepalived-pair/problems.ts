import type { Construct } from 'constructs';
import { Netmask } from 'netmask';
import { ec2PairProblems } from '../../../linux';
import {
  flagProblems,
  hasMember,
  isTextOf,
  isToken,
  listProblems,
  portProblems,
  shown,
  textProblems,
  unknownProblem,
} from '../../../validation';
import { awsProblems } from '../aws-props';
import { FloatingAddress } from '../floating-address';
import { rangeProblems } from '../network/address-plan';
import { regionOfSubnets, zoneProblems } from '../network/zones';
import { topicProblems } from '../notifying-props';
import { routeTablesOf, type Settings, subnetsOf } from './props';
import { userDataProblems } from './user-data';

/**
 * Every reason why a pair cannot be built of these props, one sentence each.
 *
 * @param region region of the provider, if it is known
 */
export function problemsIn(pair: Construct, settings: Settings, region: string | undefined): string[] {
  const inUserData = [
    ...placeProblems(settings, region),
    ...addressProblems(settings),
    ...ec2PairProblems(settings),
    ...setupProblems(settings.setupCommands),
  ];
  return [
    ...(inUserData.length > 0 ? inUserData : userDataProblems(pair, settings)),
    ...machineProblems(settings),
    ...(settings.hasPorts ? portsProblems(settings.ports) : []),
    ...clientProblems(settings.clients),
    ...flagProblems('sessionManager', settings.sessionManager),
    ...topicProblems(settings, regionOfSubnets(subnetsOf(settings))),
    ...awsProblems(settings),
  ];
}

function placeProblems(settings: Settings, region: string | undefined): string[] {
  const { network, address } = settings;
  if (!['zones', 'publicSubnets', 'applicationSubnets'].every((member) => hasMember(network, member))) {
    return [`network must be a MultiAZNetwork, got ${shown(network)}; make one, or use MultiAZNetwork.fromExisting`];
  }
  const problems = zoneProblems('network.zones', network.zones, region);
  if (problems.length > 0 || !(address instanceof FloatingAddress)) return problems;
  const subnets = subnetsOf(settings);
  if (subnets.length < 2) {
    const [tier, kind] = address.isPublic ? ['publicSubnets', 'Elastic IP'] : ['applicationSubnets', 'overlay address'];
    return [`network must have ${tier} in at least 2 zones for an ${kind}, got ${subnets.length}; add them`];
  }
  return settings.hasZones
    ? chosenZoneProblems(
        settings.zones,
        subnets.map(({ zone }) => zone),
      )
    : [];
}

function chosenZoneProblems(zones: unknown, there: readonly string[]): string[] {
  if (isToken(zones)) return [unknownProblem('zones', 'names', zones)];
  const isChoice = Array.isArray(zones) && zones.every((zone) => there.includes(zone));
  if (isChoice && zones.length === 2 && zones[0] !== zones[1]) return [];
  return [
    `zones must be two zones that the network has such subnets in (${there.join(', ')}), got ${shown(zones)}; leave it out for the first two`,
  ];
}

function addressProblems(settings: Settings): string[] {
  const { address, network } = settings;
  if (!(address instanceof FloatingAddress)) {
    return [
      `address must be a FloatingAddress, got ${shown(address)}; write FloatingAddress.elasticIp() or FloatingAddress.overlay('172.31.255.1')`,
    ];
  }
  const problems = address.problems();
  if (address.isPublic || problems.length > 0) return problems;
  return [
    ...(hasMember(network, 'zones') && Object.keys(routeTablesOf(settings)).length === 0
      ? [
          'address.routeTables must be given with a network that was there before, got none; name every route table whose ' +
            'servers reach the address',
        ]
      : []),
    ...insideProblems(`${address.overlayAddress}`, network?.cidr),
  ];
}

function insideProblems(address: string, cidr: unknown): string[] {
  if (rangeProblems('cidr', cidr).length > 0 || !new Netmask(`${cidr}`).contains(address)) return [];
  return [
    `address of overlay must be outside of the VPC (${cidr}), got ${shown(address)}; inside, its own subnet answers for it and no route can move it`,
  ];
}

/** Families that are not of the Nitro system: https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-nitro-instances.html */
const XEN = /^(t1|t2|m1|m2|m3|m4|c1|c3|c4|r3|r4|i2|i3|d2|h1|g2|g3|g3s|p2|p3|x1|x1e|f1)\.(?!metal)/;

function machineProblems({ machineImage, instanceType }: Settings): string[] {
  const isType = isTextOf(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, instanceType);
  return [
    ...(isTextOf(/^ami-[0-9a-f]{8,17}$/, machineImage)
      ? []
      : [`machineImage must be the id of an AMI, got ${shown(machineImage)}; write it as in 'ami-0abc1234def567890'`]),
    ...(isType && !XEN.test(`${instanceType}`)
      ? []
      : [
          `instanceType must be an instance type of the Nitro system, got ${shown(instanceType)}; write it as in 'm6i.large'`,
        ]),
  ];
}

function setupProblems(commands: unknown): string[] {
  const shape = listProblems('setupCommands', commands);
  if (shape.length > 0) return shape;
  return (commands as readonly unknown[]).flatMap((command, index) => textProblems(`setupCommands[${index}]`, command));
}

function portsProblems(ports: unknown): string[] {
  const shape = listProblems('ports', ports);
  if (shape.length > 0) return shape;
  const list = ports as readonly unknown[];
  if (list.length === 0)
    return ['ports must name a port that clients reach, got none; leave it out for that of the health check'];
  return [...list.flatMap((port, index) => portProblems(`ports[${index}]`, port)), ...repeated('ports', list)];
}

function clientProblems(clients: unknown): string[] {
  const shape = listProblems('clients', clients);
  if (shape.length > 0) return shape;
  const list = clients as readonly unknown[];
  return [...list.flatMap((range, index) => rangeProblems(`clients[${index}]`, range)), ...repeated('clients', list)];
}

function repeated(prop: string, list: readonly unknown[]): string[] {
  const twice = [...new Set(list.filter((item, index) => list.indexOf(item) !== index))];
  if (twice.length === 0) return [];
  return [`${prop} must all differ, got ${shown(twice)} more than once; name each once`];
}

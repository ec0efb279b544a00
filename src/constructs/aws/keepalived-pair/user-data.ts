import { gzipSync } from 'node:zlib';
import type { Construct } from 'constructs';
import { type Ec2PairAddress, ec2PairCloudInit } from '../../../linux';
import { isToken } from '../../../validation';
import { uniqueName } from '../naming';
import { regionOfPair } from './access';
import { hostName } from './host';
import { chosenSubnets, routeTablesOf, type Settings } from './props';

/** A host as its user data knows it; ids and addresses may be tokens. */
interface KnownHost {
  readonly name: string;
  readonly servingAddress: string;
  readonly networkInterface: { readonly id: string; readonly privateIp: string };
}

/** What the hosts of a pair are told. */
interface Known {
  readonly hosts: readonly [KnownHost, KnownHost];
  /** None with an overlay address. */
  readonly elasticIp: { readonly publicIp: string; readonly allocationId: string } | undefined;
  readonly routeTableIds: readonly string[];
}

/** Name of a pair among all of the account: hosts tell it to CloudWatch, and alarms listen to it. */
export function pairName(pair: Construct): string {
  return uniqueName(pair, 60);
}

/** User data of both hosts by name, not compressed yet. */
export function pairUserData(pair: Construct, known: Known, settings: Settings): Readonly<Record<string, string>> {
  const [first, second] = known.hosts;
  return ec2PairCloudInit({
    ...settings,
    nodes: [nodeOf(first), nodeOf(second)],
    address: addressOf(known, settings),
    region: regionOfPair(settings),
    name: pairName(pair),
    setup: settings.setupCommands,
  });
}

function nodeOf({ name, networkInterface }: KnownHost) {
  return { name, address: networkInterface.privateIp, networkInterfaceId: networkInterface.id };
}

function addressOf({ hosts, elasticIp, routeTableIds }: Known, { address }: Settings): Ec2PairAddress {
  if (!elasticIp) return { overlay: address.overlayAddress ?? '', routeTableIds };
  const { publicIp, allocationId } = elasticIp;
  return { publicIp, allocationId, privateAddresses: [hosts[0].servingAddress, hosts[1].servingAddress] };
}

/**
 * Bytes of user data, compressed, that a pair may come to. EC2 takes
 * [16 KB](https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html), before base64. The rest is for what is
 * only estimated: Terraform's own compression was up to 0.4 % longer, and ids are other ones.
 */
export const MOST_USER_DATA = 16 * 1024 - 256;

/**
 * What is wrong with how long user data gets; of valid props. Text of setup commands and `proxy` that is known only after deployment
 * counts as a few characters.
 */
export function userDataProblems(pair: Construct, settings: Settings): string[] {
  const texts = Object.values(pairUserData(pair, standIns(pair.node.id, settings), settings));
  const size = Math.max(...texts.map((text) => gzipSync(text).length));
  if (size <= MOST_USER_DATA) return [];
  return [
    `proxy and setupCommands must fit into user data of ${MOST_USER_DATA} bytes, compressed, with the files of the pair, got ` +
      `${size}; shorten pages and lists, let setup commands fetch the rest, or bake an image`,
  ];
}

/** In place of what is known only after deployment: as long as AWS makes it, and as hard to compress. */
function standIns(pairId: string, settings: Settings): Known {
  const [first, second] = chosenSubnets(settings);
  const host = (zone: string, index: number): KnownHost => ({
    name: hostName(pairId, zone),
    servingAddress: `172.${index + 16}.219.134`,
    networkInterface: { id: `eni-${digits(index)}`, privateIp: `172.${index + 16}.207.158` },
  });
  const elasticIp = { publicIp: '203.168.194.175', allocationId: `eipalloc-${digits(2)}` };
  return {
    hosts: [host(first.zone, 0), host(second.zone, 1)],
    elasticIp: settings.address.isPublic ? elasticIp : undefined,
    routeTableIds: Object.values(routeTablesOf(settings)).map((id, index) =>
      isToken(id) ? `rtb-${digits(index + 3)}` : id,
    ),
  };
}

/** 17 digits as those of an id, others for each index: multiples of the golden ratio have no pattern. */
function digits(index: number): string {
  const product = BigInt.asUintN(64, BigInt(index + 1) * 0x9e3779b97f4a7c15n);
  return `0${product.toString(16).padStart(16, '0')}`;
}

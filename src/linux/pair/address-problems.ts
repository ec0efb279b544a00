import { Netmask } from 'netmask';
import { isRecord, listProblems, shown } from '../../validation';
import type { KeepalivedPairProps } from './props';

/** Whether a value is an IPv4 address in its usual form. */
export function isAddress(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/.test(value) &&
    value.split('.').every((part) => Number(part) < 256)
  );
}

/** What is wrong with the two hosts. */
export function nodeProblems(nodes: unknown): string[] {
  const shape = listProblems('nodes', nodes);
  if (shape.length > 0) return shape;
  const list = nodes as readonly { readonly name?: unknown; readonly address?: unknown }[];
  if (list.length !== 2) {
    return [`nodes must be two hosts, got ${list.length}; a pair is one that has the address and one that waits`];
  }
  const problems = list.flatMap((node, index) => hostProblems(`nodes[${index}]`, node));
  const [first, second] = list;
  if (problems.length > 0) return problems;
  return [
    ...(first?.name === second?.name
      ? [
          `nodes[1].name must differ from that of the first node, got ${shown(second?.name)} for both; their files go by it`,
        ]
      : []),
    ...(first?.address === second?.address
      ? [
          `nodes[1].address must differ from that of the first node, got ${shown(second?.address)} for both; give each host its own`,
        ]
      : []),
  ];
}

function hostProblems(prop: string, node: unknown): string[] {
  if (!isRecord(node))
    return [`${prop} must be an object, got ${shown(node)}; write { name: 'lb1', address: '192.168.1.11' }`];
  const { name, address } = node as { readonly name?: unknown; readonly address?: unknown };
  return [
    ...(typeof name === 'string' && /^[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?$/.test(name)
      ? []
      : [`${prop}.name must be up to 63 letters, digits, '-' and '.', got ${shown(name)}; give the host's name`]),
    ...(isAddress(address)
      ? []
      : [`${prop}.address must be an IPv4 address, got ${shown(address)}; write it as in '192.168.1.11'`]),
  ];
}

/** What is wrong with the address that the pair has, beside its nodes. */
export function networkProblems({ virtualAddress, nodes }: KeepalivedPairProps): string[] {
  const [address, length] = typeof virtualAddress === 'string' ? virtualAddress.split('/') : [];
  if (!isAddress(address) || !/^(8|9|[12]\d|3[0-2])$/.test(length ?? '') || virtualAddress.split('/').length !== 2) {
    return [
      `virtualAddress must be an IPv4 address and the length of its network (8 to 32), got ${shown(virtualAddress)}; write it as in '192.168.1.100/24'`,
    ];
  }
  const own = (Array.isArray(nodes) ? nodes : []).filter((node) => isAddress(node?.address));
  const network = new Netmask(virtualAddress);
  const outside = (length === '32' ? [] : own).map((node) => node.address).filter((host) => !network.contains(host));
  const taken = own.filter((node) => node.address === address);
  return [
    ...taken.map(
      ({ name }) =>
        `virtualAddress must be an address of its own, got ${shown(virtualAddress)}, which is that of ${name}; take one that no host has`,
    ),
    ...(Number(length) < 31 && taken.length === 0 && [network.base, network.broadcast].includes(address)
      ? [
          `virtualAddress must be a host's address, got ${shown(virtualAddress)}, the first or last of its network; take one between`,
        ]
      : []),
    ...(outside.length === 0
      ? []
      : [
          `virtualAddress must be in the network of both nodes, got ${shown(virtualAddress)}, which ${outside.join(' and ')} ` +
            `${outside.length === 1 ? 'is' : 'are'} not in; hosts of different networks cannot share an address`,
        ]),
  ];
}

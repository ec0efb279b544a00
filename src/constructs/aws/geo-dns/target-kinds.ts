import { hasMember } from '../../../validation';
import type { AddressTarget, CnameTarget, GeoTarget, LoadBalancerTarget, RecordTarget } from './targets';

/** Whether a target is a load balancer. */
export function isLoadBalancer(target: GeoTarget): target is LoadBalancerTarget {
  return hasMember(target, 'dnsName');
}

/** Whether a target is records of the zone. */
export function isZoneRecord(target: GeoTarget): target is RecordTarget {
  return hasMember(target, 'record');
}

/** Whether a target is an address. */
export function isAddress(target: GeoTarget): target is AddressTarget {
  return hasMember(target, 'address');
}

/** Whether a target is another name. */
export function isCname(target: GeoTarget): target is CnameTarget {
  return hasMember(target, 'cname');
}

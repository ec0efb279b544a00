import { Availability } from 'nines';
import { atLeast, type FaultAnalysis, FaultModel, FaultTree, type Formula, type Requirement } from 'nines/availability';
import { Numbers } from '../test/availability/fault-model/support/numbers';

/** Choices for {@link fleet}. */
export interface FleetOptions {
  /** Hosts in each zone that all services share; 0 for replicas that share only zones and regions. */
  readonly hosts: number;
  /** Whether parts of a kind are all as available. */
  readonly isAlike: boolean;
}

/** 20 services in each of 3 zones of 3 regions, 5 replicas each, of which 3 must work; 2 zones of 3, 2 regions of 3. */
export function fleet({ hosts, isAlike }: FleetOptions): FaultAnalysis {
  const numbers = new Numbers(1);
  const failing = (share: number) => ({
    availability: Availability.failing(isAlike ? share : share * (1 + numbers.share())),
  });
  const model = new FaultModel();
  for (const region of [0, 1, 2].map((index) => `region-${index}`)) {
    model.domain(region, failing(1e-4));
    const zones = [0, 1, 2].map((index) => `${region}-zone-${index}`);
    for (const zone of zones) {
      model.domain(zone, { ...failing(5e-4), in: region });
      for (let host = 0; host < hosts; host++) model.domain(`${zone}-host-${host}`, { ...failing(1e-3), in: zone });
    }
    const services = Array.from({ length: 20 }, (_, index) => `${region}-service-${index}`);
    for (const [index, service] of services.entries()) {
      for (const zone of zones) {
        const replicas = [0, 1, 2, 3, 4].map((number) => `${service}-${zone}-${number}`);
        for (const [number, name] of replicas.entries()) {
          const place = hosts > 0 ? `${zone}-host-${(number + index) % hosts}` : zone;
          model.component(name, { ...failing(5e-3), in: place });
        }
        model.component(`${service}-${zone}`, { needs: atLeast(3, replicas) });
      }
      const below = index > 0 ? [`${region}-service-${(index - 1) >> 1}`] : [];
      model.component(service, {
        needs: [
          atLeast(
            2,
            zones.map((zone) => `${service}-${zone}`),
          ),
          ...below,
        ],
      });
    }
    model.component(`shop-${region}`, { needs: services });
  }
  const shops = [0, 1, 2].map((index) => `shop-region-${index}`);
  return model.component('shop', { needs: atLeast(2, shops) }).analyse('shop');
}

/** 10 layers of 20 services, 2 of 5 replicas each, on hosts picked at random in 3 zones, each on 2 services of the layer below. */
export function mesh(hostsPerZone: number): FaultAnalysis {
  const numbers = new Numbers(1);
  const failing = (share: number) => ({ availability: Availability.failing(share * (0.5 + numbers.share())) });
  const model = new FaultModel().domain('region', failing(1e-5));
  const hosts = [0, 1, 2].map((zone) => {
    model.domain(`zone-${zone}`, { ...failing(1e-4), in: 'region' });
    return Array.from({ length: hostsPerZone }, (_, index) => {
      const host = `host-${zone}-${index}`;
      model.domain(host, { ...failing(1e-3), in: `zone-${zone}` });
      return host;
    });
  });
  for (let layer = 0; layer < 10; layer++) {
    for (let service = 0; service < 20; service++) {
      const replicas = [0, 1, 2, 3, 4].map((number) => {
        const name = `replica-${layer}-${service}-${number}`;
        model.component(name, { ...failing(2e-3), in: numbers.one(hosts[number % 3] as readonly string[]) });
        return name;
      });
      const needs: Requirement[] = [atLeast(2, replicas)];
      if (layer > 0) needs.push(...[0, 1].map(() => `service-${layer - 1}-${numbers.below(20)}`));
      model.component(`service-${layer}-${service}`, { needs });
    }
  }
  const top = Array.from({ length: 20 }, (_, service) => `service-9-${service}`);
  return model.component('shop', { needs: top }).analyse('shop');
}

/** A random tree of gates; a share of its leaves are events that stand elsewhere in it too, wherever that is. */
export function repeatedEvents(size: number, share: number, seed: number): FaultAnalysis {
  const numbers = new Numbers(seed);
  const gates: Record<string, Formula> = {};
  const events: Record<string, { readonly availability: Availability }> = {};
  let count = 0;
  const leaf = (): string => {
    if (count > 10 && numbers.chance(share)) return `event-${numbers.below(count)}`;
    const name = `event-${count++}`;
    events[name] = { availability: Availability.failing(10 ** (-2 - 2 * numbers.share())) };
    return name;
  };
  const build = (leaves: number): string => {
    if (leaves <= 1) return leaf();
    const inputs = 2 + numbers.below(4);
    const of: string[] = [];
    let left = leaves;
    for (let input = 0; input < inputs; input++) {
      const part = Math.max(1, Math.round((left * numbers.share() * 2) / (inputs - input)));
      const own = input === inputs - 1 ? left : Math.min(left, part);
      of.push(build(own));
      left = Math.max(1, left - own);
    }
    const name = `gate-${Object.keys(gates).length}`;
    gates[name] = { kind: numbers.chance(0.45) ? 'and' : 'or', of };
    return name;
  };
  return new FaultTree({ top: build(size), gates, events }).analyse();
}

import { Capacity, type CapacityOptions, HealthCheck, type HttpHealthCheckOptions } from 'nines';
import type { HAWebTierProps, ZonalNetwork } from 'nines/aws';
import type { Surroundings, TierConfig } from '../random-configs';

/** Props of an `HAWebTier` with its intents as they are written, so that everything in them can be broken. */
export interface TierDraft extends Omit<HAWebTierProps, 'capacity' | 'healthCheck'> {
  readonly capacity: CapacityOptions & { readonly peak: number };
  readonly healthCheck: HttpHealthCheckOptions & { readonly protocol: 'http' | 'https' | 'tcp'; readonly path: string };
}

/** A random tier as a draft. */
export function draftOf(config: TierConfig, network: ZonalNetwork, around: Surroundings): TierDraft {
  const { capacity, check, certificate, props } = config;
  return {
    ...props,
    ...(props.machineImage !== undefined && { machineImage: around.machineImage }),
    ...(certificate && { certificateArn: around.certificateArn }),
    network,
    capacity: { peak: capacity.peak, ...capacity.options },
    healthCheck: { protocol: check.protocol, path: check.path, ...check.options },
  };
}

/** What a user passes for a draft; a broken one may have lost an intent. */
export function tierProps({ capacity, healthCheck, ...props }: TierDraft): HAWebTierProps {
  const lost: Partial<HAWebTierProps> = {
    capacity: capacity && Capacity.forPeak(capacity.peak, capacity),
    healthCheck: healthCheck && checkOf(healthCheck),
  };
  return { ...props, ...lost } as HAWebTierProps;
}

function checkOf({ protocol, path, ...options }: TierDraft['healthCheck']): HealthCheck {
  if (protocol === 'tcp') return HealthCheck.tcp({ ...options, port: options.port ?? 80 });
  return HealthCheck[protocol](path, options);
}

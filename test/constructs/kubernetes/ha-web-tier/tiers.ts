import type { Construct } from 'constructs';
import { Capacity, HealthCheck } from 'nines';
import { HAWebTier, type HAWebTierProps } from 'nines/kubernetes';
import { emptyChart, type Manifest, only, synthChart } from '../../../support/kubernetes/manifests';
import { problemsOf } from '../../../support/synth';

export const IMAGE = 'registry.example.com/shop:1.4.2';
/** Name of the objects of a plain tier. */
export const NAME = 'shop-web-c8c78d13';

/** What may be changed about a tier. */
export type Choices = Partial<HAWebTierProps>;

/** A tier with no more than it needs: a peak of four pods over three zones. */
export function tier(scope: Construct, choices: Choices = {}, id = 'Web'): HAWebTier {
  return new HAWebTier(scope, id, {
    image: IMAGE,
    capacity: Capacity.forPeak(4),
    healthCheck: HealthCheck.http('/health/ready', { port: 8080 }),
    ...choices,
  });
}

/** Manifests of a tier with these choices. */
export function manifestsOf(choices: Choices = {}): readonly Manifest[] {
  return synthChart((chart) => tier(chart, choices));
}

/** The spec of the one object of a kind. */
export function specOf(kind: string, choices: Choices = {}) {
  return only(manifestsOf(choices), kind).spec;
}

/** The pods of a tier. */
export function podOf(choices: Choices = {}) {
  return specOf('Deployment', choices).template.spec;
}

/** The server in the pods of a tier. */
export function serverOf(choices: Choices = {}) {
  return podOf(choices).containers[0];
}

/** All problems of a tier with these choices, which may be of any type. */
export function problemsWith(choices: Readonly<Record<string, unknown>>): readonly string[] {
  return problemsOf(() => tier(emptyChart(), choices as Choices));
}

/** A duration as Istio reads it: seconds, with a fraction. */
export function istioDuration(milliseconds: number): string {
  return `${milliseconds / 1000}s`;
}

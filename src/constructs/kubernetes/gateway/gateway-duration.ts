/** A duration as the Gateway API reads it: whole numbers of at most five digits, each with a unit (GEP-2257). */
export function gatewayDuration(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const rest = milliseconds % 1000;
  return `${seconds > 0 || rest === 0 ? `${seconds}s` : ''}${rest > 0 ? `${rest}ms` : ''}`;
}

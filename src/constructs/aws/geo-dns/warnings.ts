import { Annotations, TerraformStack, Tokenization } from 'cdktf';
import type { Construct } from 'constructs';
import { hasMember } from '../../../validation';
import { warnIfNobodyIsTold } from '../notifying-props';
import type { Settings } from './props';
import { isLoadBalancer } from './target-kinds';
import type { UsEast1 } from './us-east-1';

/** Says what was chosen against availability, and what Route 53 cannot express. */
export function warnOf(dns: Construct, settings: Settings, usEast1: UsEast1 | undefined): void {
  const annotations = Annotations.of(dns);
  const { healthCheck, endpoints, switchRegions, allowDestroy } = settings;
  if (usEast1) warnIfNobodyIsTold(dns, settings);
  else annotations.addWarning('no usEast1Provider: Route 53 publishes its metrics in us-east-1 only, so nothing rings');
  if (switchRegions.length === 0 && endpoints.some(({ routingControlArn }) => routingControlArn === undefined)) {
    annotations.addWarning('no switchRegions: nobody can take a region out that passes its checks');
  }
  if (healthCheck.protocol === 'http') {
    annotations.addWarning('healthCheck by http: a region whose certificate or HTTPS is broken passes it');
  }
  if (healthCheck.live !== undefined || healthCheck.startup !== undefined) {
    annotations.addWarning('healthCheck.live and startup have no effect on Route 53, which knows one check');
  }
  if (allowDestroy) annotations.addWarning('allowDestroy: nothing protects the name that clients ask for');
  for (const { region, target } of endpoints) {
    if (isLoadBalancer(target) && isOfAnotherStack(dns, target.dnsName)) {
      annotations.addWarning(
        `${region}: the target is read from the state of another stack, and without that state this stack cannot ` +
          'be planned; give the name of records there, { record }, as of a RegionalRecord',
      );
    }
  }
}

/** Whether a token refers to another stack; cdktf then reads that stack's state. */
function isOfAnotherStack(dns: Construct, value: unknown): boolean {
  const stack = TerraformStack.of(dns);
  const tokens = typeof value === 'string' ? Tokenization.reverseString(value).tokens : [value];
  return tokens.some((token) => hasMember(token, 'originStack') && Object(token).originStack !== stack);
}

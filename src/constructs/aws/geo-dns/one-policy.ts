import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { DefaultTokenResolver, StringConcat, Tokenization } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { nameIn } from './records';
import type { HostedZone } from './targets';

/** Types that lead to servers; a TXT or MX record beside them is none of ours. */
const LEADING: readonly (string | undefined)[] = ['A', 'AAAA', 'CNAME'];

/**
 * Finds other records of the app under the name that clients ask for: Route 53 refuses two policies under one name, and of
 * two records without a policy the later one would win. Only the finished tree tells.
 */
export function checkNameAtSynthesis(dns: Construct, zone: HostedZone, record: string | undefined): void {
  dns.node.addValidation({
    validate: () => {
      const own = new Set<IConstruct>(dns.node.findAll());
      const zoneId = plain(dns, zone.zoneId);
      const names = [nameIn(zone.name, record), record ?? ''].map((name) => plain(dns, name));
      return dns.node.root.node
        .findAll()
        .filter((found): found is Route53Record => found instanceof Route53Record && !own.has(found))
        .filter((other) => LEADING.includes(other.typeInput) && plain(other, other.zoneIdInput) === zoneId)
        .filter((other) => names.includes(plain(other, other.nameInput)))
        .map(
          ({ node }) =>
            `record must be a name that nothing else has, got that of ${node.path}, too; Route 53 takes one routing ` +
            'per name: rename one, or put both into one Routing',
        );
    },
  });
}

/** What a text comes to in its stack; the same attribute has another token each time that it is read. */
function plain(scope: Construct, text: string | undefined): string {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const resolved = Tokenization.resolve(text, { scope, resolver, preparing: false });
  return String(resolved).toLowerCase().replace(/\.$/, '');
}

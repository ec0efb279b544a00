import { all, follow, only, type Synthesized, synth } from '../../../support/synth';
import { CERTIFICATE, type Choices, KINDS, network, onEc2, plainEc2 } from './tiers';

function tier(choices?: Choices): Synthesized {
  return choices ? synth((stack) => onEc2(stack, choices)) : plainEc2();
}

function balancer(choices?: Choices) {
  return only(tier(choices), 'aws_lb');
}

/** Ids of the subnets that the load balancer stands in. */
function subnetsOf(result: Synthesized): unknown[] {
  const { subnets } = only(result, 'aws_lb') as { subnets: string[] };
  return subnets.map((subnet) => follow(result, subnet).block.id);
}

/** Listeners by port. */
function listeners(result: Synthesized) {
  return Object.fromEntries(Object.values(all(result, 'aws_lb_listener')).map((listener) => [listener.port, listener]));
}

describe('HAWebTier', () => {
  describe('has a load balancer', () => {
    test('with a public node in each zone (aws_lb.subnets)', () => {
      const result = tier();
      expect(only(result, 'aws_lb')).toMatchObject({ load_balancer_type: 'application', internal: false });
      expect(subnetsOf(result)).toEqual(['subnet-0abc200a', 'subnet-0abc200b', 'subnet-0abc200c']);
      expect(subnetsOf(synth((stack) => onEc2(stack, { network: network(stack, 2) })))).toHaveLength(2);
    });

    test('in the application subnets, when it is internal', () => {
      const result = tier({ entrance: { internal: true } });
      expect(only(result, 'aws_lb')).toMatchObject({ internal: true });
      expect(subnetsOf(result)).toEqual(['subnet-0abc100a', 'subnet-0abc100b', 'subnet-0abc100c']);
    });

    // What a shift does not do: hashicorp/terraform-provider-aws#40271, #44738; docs/web-tier.md says it.
    test('whose traffic can be shifted away from a zone (enable_zonal_shift)', () => {
      expect(balancer()).toMatchObject({ enable_zonal_shift: true });
    });

    test('whose clients leave a shifted zone within 5 minutes (client_keep_alive)', () => {
      expect(balancer()).toMatchObject({ client_keep_alive: 300 });
    });

    test('that cannot be removed by mistake (enable_deletion_protection)', () => {
      expect(balancer()).toMatchObject({ enable_deletion_protection: true, lifecycle: { prevent_destroy: true } });
    });

    test('that drops headers which are none (drop_invalid_header_fields)', () => {
      expect(balancer()).toMatchObject({ drop_invalid_header_fields: true });
    });

    test('that writes no access logs, and says so, since the provider keeps a block that is left out', () => {
      expect(balancer()).toMatchObject({ access_logs: { bucket: '', enabled: false } });
    });

    test('that writes access logs to the bucket that is named', () => {
      const accessLogs = { bucket: 'shop-logs', prefix: 'web' };
      expect(balancer({ entrance: { accessLogs } })).toMatchObject({ access_logs: { ...accessLogs, enabled: true } });
    });

    test.each(KINDS)('that is published with its target group on %s', (_, build) => {
      const result = synth((stack) => {
        const web = build(stack);
        web.loadBalancer.addOverride('tags.Seen', 'loadBalancer');
        web.targetGroup.addOverride('tags.Seen', 'targetGroup');
      });
      expect(only(result, 'aws_lb')).toMatchObject({ tags: { Seen: 'loadBalancer' } });
      expect(only(result, 'aws_lb_target_group')).toMatchObject({ tags: { Seen: 'targetGroup' } });
    });
  });

  describe('answers', () => {
    test('HTTP, as long as there is no certificate', () => {
      const result = tier();
      const { 80: http, ...others } = listeners(result);
      const [target] = Object.keys(all(result, 'aws_lb_target_group'));
      expect(others).toEqual({});
      expect(http).toMatchObject({
        protocol: 'HTTP',
        default_action: [{ type: 'forward', target_group_arn: `\${aws_lb_target_group.${target}.arn}` }],
      });
    });

    test('HTTPS with a certificate, and refuses TLS below 1.2', () => {
      const result = tier({ certificateArn: CERTIFICATE });
      const { 443: https } = listeners(result);
      expect(https).toMatchObject({
        protocol: 'HTTPS',
        certificate_arn: CERTIFICATE,
        ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
        default_action: [{ type: 'forward' }],
      });
    });

    test('HTTP by sending to HTTPS, once HTTPS is there', () => {
      const result = tier({ certificateArn: CERTIFICATE });
      const { 80: http } = listeners(result);
      const https = Object.entries(all(result, 'aws_lb_listener')).find(([, listener]) => listener.port === 443);
      expect(http).toMatchObject({
        protocol: 'HTTP',
        default_action: [{ type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', status_code: 'HTTP_301' } }],
        depends_on: [`aws_lb_listener.${https?.[0]}`],
      });
    });

    test.each(KINDS)('on %s when its servers can be reached: they wait for the listener that forwards', (_, build) => {
      const result = synth((stack) => build(stack, { certificateArn: CERTIFICATE }));
      const [https] = Object.entries(all(result, 'aws_lb_listener')).find(([, { port }]) => port === 443) ?? [];
      const servers = { ...all(result, 'aws_autoscaling_group'), ...all(result, 'aws_ecs_service') };
      expect(Object.values(servers)).toMatchObject([{ depends_on: [`aws_lb_listener.${https}`] }]);
    });
  });
});

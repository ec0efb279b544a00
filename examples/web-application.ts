/**
 * A shop in one region that is to be there 99.95 % of the time; what stands ready follows from that.
 *
 *     npx cdktf deploy --app 'npx tsx examples/web-application.ts' shop
 */
import { App } from 'cdktf';
import { Capacity, HealthCheck } from 'nines';
import { downtimeText } from 'nines/availability';
import { WebApplicationStack } from 'nines/stacks';

const app = new App();
const shop = new WebApplicationStack(app, 'shop', {
  target: '99.95%',
  zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  network: { cidr: '10.20.0.0/16' },
  servers: {
    machineImage: process.env.IMAGE ?? 'ami-0abc1234def567890',
    capacity: Capacity.forPeak(4),
    healthCheck: HealthCheck.http('/health/ready', { port: 8080 }),
    certificateArn: process.env.CERTIFICATE ?? 'arn:aws:acm:eu-west-1:123456789012:certificate/shop',
  },
  database: { engine: 'postgres' },
  notificationTopicArn: process.env.TOPIC ?? 'arn:aws:sns:eu-west-1:123456789012:on-call',
  allowDestroy: process.env.ALLOW_DESTROY === 'yes',
});
app.synth();

console.log(`computed: ${shop.availability}, promised by AWS: ${shop.contractualFloor}`);
for (const { loss, rto, rpo } of shop.objectives)
  console.log(
    `${loss}: back after ${rto ? downtimeText(rto) : 'nothing that stands here'}, loses ${rpo ? downtimeText(rpo) : 'all'}`,
  );
for (const { parts, probability } of shop.cutSets.slice(0, 3))
  console.log(`down by ${parts.join(' and ')} for ${probability.toExponential(1)} of the time`);
const withoutZone = shop.analysis.ifDown('eu-west-1a');
console.log(`without eu-west-1a: ${withoutZone.availability}`);

import { ResiliencehubResiliencyPolicy } from '@cdktf/provider-aws/lib/resiliencehub-resiliency-policy';
import { Construct } from 'constructs';
import { type Duration, inMilliseconds } from '../../units';
import { type Loss, objectivesOf } from '../web-application/promises';
import type { Settings as RegionSettings } from '../web-application/props';
import type { Settings } from './props';
import { rpoOf, rtoOf, STRATEGIES, stepsOf } from './strategies';

/** A policy in AWS Resilience Hub that holds the application to the very times that nines states. */
export class ResiliencePolicy extends Construct {
  /** The policy. */
  public readonly policy: ResiliencehubResiliencyPolicy;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly application: string; readonly settings: Settings; readonly own: RegionSettings },
  ) {
    super(scope, id);
    const { application, settings, own } = props;
    const { strategy } = settings.recovery;
    const objectives = objectivesOf(own);
    const of = (loss: Loss) => {
      const { rto, rpo } = objectives.find((one) => one.loss === loss) ?? {};
      return { rto: text(rto), rpo: text(rpo) };
    };
    this.policy = new ResiliencehubResiliencyPolicy(this, 'Resource', {
      name: application.replace(/[^A-Za-z0-9_.-]/g, '-').slice(0, 60),
      description: `${strategy}: times as computed by nines`,
      tier: STRATEGIES[strategy].tier,
      dataLocationConstraint: 'AnyLocation',
      policy: {
        az: of('zone'),
        hardware: of('node'),
        softwareAttribute: of('data'),
        region: { rto: text(rtoOf(stepsOf(strategy, settings.facts))), rpo: text(rpoOf(strategy).lasts) },
      },
      tags: { Name: this.node.path, ...settings.tags },
    });
  }
}

/** Whole seconds, rounded up: no objective is stated shorter than it is. */
function text(time: Duration | undefined): string {
  return `${time ? Math.ceil(inMilliseconds(time) / 1000) : 0}s`;
}

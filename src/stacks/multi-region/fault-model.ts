import { anyOf, type FaultAnalysis, FaultModel } from '../../availability';
import { Duration, inMilliseconds } from '../../units';
import { addApplication, interruption, type ModelledApplication } from '../web-application/fault-model';
import { withDefaults as regionDefaults } from '../web-application/props';
import { modelled } from '../web-application/target-problems';
import { regionProps, type Settings } from './props';
import { endsOf, type RecoveryStep, rpoOf, rtoOf, STRATEGIES, stepsOf } from './strategies';

/** What is left when a region is lost, and how the application comes back. */
export interface RegionLoss {
  /** The region. */
  readonly region: string;
  /** Parts that fall with it, by their names in the model. */
  readonly falls: readonly string[];
  /** Parts that stand, by their names in the model. */
  readonly stands: readonly string[];
  /** Whether what runs goes on answering by itself, as soon as clients are led to it. */
  readonly answersByItself: boolean;
  /** Whether writes go on by themselves, too. */
  readonly writesByItself: boolean;
  /** What happens until it answers and writes again; nothing, when the region takes no part in that. */
  readonly steps: readonly RecoveryStep[];
  /** When it answers again. */
  readonly answersAfter: Duration;
  /** When all of it is back, writes too. */
  readonly rto: Duration;
  /** How much of the latest data is gone. */
  readonly rpo: Duration;
}

/** All regions, as the model sees them. */
function modelledRegions(settings: Settings): ModelledApplication[] {
  return settings.regions.map((region) => modelled(regionDefaults(regionProps(settings, region))));
}

/**
 * The availability of all of it. Short interruptions are those of the region that writes: DNS is slower than they are, so that no
 * other region masks them. Longer outages of it are over when another region has taken over.
 */
export function analysisOf(settings: Settings): FaultAnalysis {
  const model = new FaultModel();
  const { strategy, active } = settings.recovery;
  const added = modelledRegions(settings).map((app) => ({ app, parts: addApplication(model, app) }));
  const writer = added.find(({ app }) => app.region === active);
  if (!writer) throw new Error(`${active} is none of the regions`);
  const { count, mttr } = model.analyse(writer.parts.standing).outages('year');
  const rto = rtoOf(stepsOf(strategy, settings.facts));
  // nobody fails over for what is repaired sooner
  const lasts = mttr && inMilliseconds(mttr) < inMilliseconds(rto) ? mttr : rto;
  model.component(TAKEOVER, interruption({ name: TAKEOVER, count, lasts }));
  model.component(APPLICATION, {
    needs: [anyOf(added.map(({ parts }) => parts.standing)), ...writer.parts.moments, TAKEOVER],
  });
  return model.analyse(APPLICATION);
}

const APPLICATION = 'application';
const TAKEOVER = 'region-takeover';
const ANSWERS = 'answers';
const WRITES = 'writes';

/** What is left of what runs now when a region is lost, and how it comes back. */
export function lossOf(settings: Settings, region: string): RegionLoss {
  const { strategy, active } = settings.recovery;
  const model = runningNow(settings);
  const falls = model.fallsWith(region);
  const names = model.names();
  const isNeeded = region === active;
  const steps = isNeeded ? stepsOf(strategy, settings.facts) : [];
  const ends = endsOf(steps);
  const none = Duration.seconds(0);
  const answersByItself = !falls.includes(ANSWERS);
  return {
    region,
    falls: falls.filter((name) => name !== ANSWERS && name !== WRITES),
    stands: names.filter((name) => !falls.includes(name) && name !== ANSWERS && name !== WRITES),
    answersByItself,
    writesByItself: !falls.includes(WRITES),
    steps,
    answersAfter: isNeeded ? (ends.get('answers') ?? none) : ledElsewhere(settings),
    rto: isNeeded ? rtoOf(steps) : ledElsewhere(settings),
    rpo: isNeeded ? rpoOf(strategy).lasts : none,
  };
}

/** A region that does not write is lost: only its own clients wait, until they are led elsewhere. */
function ledElsewhere(settings: Settings): Duration {
  if (settings.recovery.strategy !== 'hot-standby') return Duration.seconds(0);
  const ends = endsOf(stepsOf('hot-standby', settings.facts));
  return ends.get('answers') ?? Duration.seconds(0);
}

/** What runs and can be read now, by itself: no part of it is what somebody would have to start first. */
function runningNow(settings: Settings): FaultModel {
  const model = new FaultModel();
  const { strategy, active } = settings.recovery;
  const shape = STRATEGIES[strategy];
  const answering: string[] = [];
  let writer = '';
  for (const app of modelledRegions(settings)) {
    if (app.region !== active && shape.data === 'backups') {
      model.domain(app.region).component(`copied-backups-${app.region}`, { in: app.region });
      continue;
    }
    const { standing } = addApplication(model, app);
    if (app.region === active || shape.servers !== 'none') answering.push(standing);
    if (app.region === active) writer = standing;
  }
  model.component(ANSWERS, { needs: anyOf(answering) });
  return model.component(WRITES, { needs: writer });
}

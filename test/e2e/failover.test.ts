import { Duration } from 'nines';
import { FAILURES } from './support/hosts/failures';
import type { Means } from './support/hosts/pair';
import { keepTo, SOAK, scenario } from './support/hosts/scenario';

const GUARDS: readonly Means[] = ['nothing', 'witnesses', 'lease', 'fence'];

describe('a keepalived pair, on real hosts', () => {
  const scenarios = FAILURES.flatMap((failure) =>
    GUARDS.filter((means) => means !== 'witnesses' || failure.splitsUnguarded).map((means) =>
      scenario(failure, means, Duration.seconds(4)),
    ),
  );
  keepTo(scenarios, SOAK ? 10 : 6, 'measured');
});

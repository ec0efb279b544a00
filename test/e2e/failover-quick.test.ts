import { Duration } from 'nines';
import { FAILURES } from './support/hosts/failures';
import { keepTo, scenario } from './support/hosts/scenario';

describe('a keepalived pair with adverts many times a second, on real hosts', () => {
  const scenarios = FAILURES.filter(({ name }) => ['killed', 'gone', 'link', 'proxy dead'].includes(name)).map(
    (failure) => scenario(failure, 'nothing', Duration.millis(900)),
  );
  keepTo(scenarios, 4, 'measured-quick'); // more would measure how busy this machine is
});

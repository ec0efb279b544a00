import { CallGraph, Duration, InvalidCallGraphError, ResiliencePolicy, type ServiceCalls } from 'nines';
import { sentencesIn } from '../support/breakages/sentences';

/** A policy whose tries take so many seconds each; its waits are too short to be seen: 1 and 3 milliseconds. */
function policy(perTry: number, retries = 0): ResiliencePolicy {
  const backoff = { base: Duration.millis(1) };
  return ResiliencePolicy.of({ timeout: { perTry: Duration.seconds(perTry) }, retry: { retries, backoff } });
}

type Services = Readonly<Record<string, ServiceCalls>>;

const problemsOf = (services: unknown, options?: unknown) =>
  CallGraph.problemsIn(services as Services, options as undefined);

const BEHIND = 'raise it, or lower the timeouts or retries behind';
const ONE_LAYER = 'retry at one layer, with retries: 0 at the others, or raise maxTries';

/** Every sentence that is checked whole. */
const said: string[] = [];
function expectProblems(services: unknown, problems: readonly string[], options?: unknown): void {
  expect(problemsOf(services, options)).toEqual(problems);
  said.push(...problems);
}

describe('CallGraph', () => {
  test('gives the policy of the calls from one service to another', () => {
    const toPayment = policy(1);
    const graph = CallGraph.of({ shop: { calls: { payment: toPayment } }, payment: {} });
    expect(graph.policy('shop', 'payment')).toBe(toPayment);
  });

  test.each([
    ['shop', 'search'],
    ['payment', 'shop'],
    ['nobody', 'shop'],
    ['shop', 'constructor'],
  ])('has no policy for calls from %s to %s', (caller, callee) => {
    const graph = CallGraph.of({ shop: { calls: { payment: policy(1) } }, payment: {} });
    const message = `no calls from '${caller}' to '${callee}' in this graph`;
    expect(() => graph.policy(caller, callee)).toThrow(new RangeError(message));
  });

  test('takes one layer of default retries, and services that nobody calls', () => {
    expectProblems({ shop: { calls: { payment: ResiliencePolicy.of() } }, payment: {}, lonely: {} }, []);
  });

  test('throws all problems in one error, which names them', () => {
    const services = { shop: { calls: { paymnt: policy(1), shop: policy(1) } }, payment: {} };
    const mistake = () => CallGraph.of(services);
    expect(mistake).toThrow(expect.any(InvalidCallGraphError));
    expect(mistake).toThrow(
      `call graph cannot hold:
  - shop.calls.paymnt must name a service of the graph (shop, payment), got 'paymnt'; add 'paymnt: {}' to the graph, or correct the name
  - shop.calls must not lead back to it, got shop -> shop; break the circle: a request that waits for itself ends in a timeout`,
    );
    expect(() => CallGraph.of(services)).toThrow(expect.objectContaining({ problems: problemsOf(services) }));
  });

  describe('refuses', () => {
    test('a dependency that is no service of it', () => {
      expectProblems({ shop: { calls: { paymnt: policy(1) } }, payment: {} }, [
        "shop.calls.paymnt must name a service of the graph (shop, payment), got 'paymnt'; " +
          "add 'paymnt: {}' to the graph, or correct the name",
      ]);
    });

    test('a policy that is wrong itself, and what is none', () => {
      const wrong = ResiliencePolicy.of({ retry: { retries: 99 } });
      expectProblems({ shop: { calls: { payment: wrong, search: {} } }, payment: {}, search: {} }, [
        'shop.calls.payment.retry.retries must be a whole number from 0 to 10, got 99; count the tries after the first',
        'shop.calls.search must be a ResiliencePolicy, got an object; write ResiliencePolicy.of(…)',
      ]);
    });

    test('what is no graph', () => {
      expectProblems('shop', ["services must be an object, got 'shop'; write it as in { … }"]);
      expectProblems({ shop: 1 }, ['shop must be an object, got 1; write it as in { … }']);
      expectProblems({ shop: { calls: ['payment'] }, payment: {} }, [
        "shop.calls must be an object, got 'payment'; write it as in { … }",
      ]);
      expectProblems({ shop: { parallel: 'yes', longestRequest: 30 } }, [
        "shop.parallel must be true or false, got 'yes'; compare text, as in process.env.NAME === 'true'",
        'shop.longestRequest must be a Duration, got 30; write Duration.millis(…)',
      ]);
      expectProblems({ shop: { longestRequest: Duration.hours(2) } }, [
        'shop.longestRequest must be from 0.001 seconds to 1 hour, in whole milliseconds, got 2 hours; ' +
          "write that of the service's tier",
      ]);
    });

    test('options that mean nothing', () => {
      expectProblems({}, ['maxTries must be a whole number of at least 1, got 0; count the first try, too'], {
        maxTries: 0,
      });
      expectProblems({}, ["options must be an object, got 'all'; write it as in { … }"], 'all');
    });
  });

  describe('finds a circle', () => {
    const circle = (...path: readonly string[]) =>
      `${path[0]}.calls must not lead back to it, got ${path.join(' -> ')}; ` +
      'break the circle: a request that waits for itself ends in a timeout';
    const endless = ResiliencePolicy.of({ allowEndlessWait: true, retry: { retries: 0 } });

    test('of one service', () => {
      expectProblems({ shop: { calls: { shop: endless } } }, [circle('shop', 'shop')]);
    });

    test('behind others, and says where it is', () => {
      const services = {
        web: { calls: { shop: endless } },
        shop: { calls: { payment: endless } },
        payment: { calls: { bank: endless } },
        bank: { calls: { shop: endless } },
      };
      expectProblems(services, [circle('shop', 'payment', 'bank', 'shop')]);
    });

    test('of each kind, once', () => {
      const services = {
        a: { calls: { b: endless, c: endless } },
        b: { calls: { a: endless } },
        c: { calls: { a: endless, d: endless } },
        d: { calls: { c: endless } },
      };
      expectProblems(services, [circle('a', 'b', 'a'), circle('a', 'c', 'a'), circle('c', 'd', 'c')]);
    });

    test('only where there is one: two ways to a service are none', () => {
      const services = {
        web: { calls: { a: endless, b: endless } },
        a: { calls: { database: endless } },
        b: { calls: { database: endless } },
        database: {},
      };
      expectProblems(services, []);
    });
  });

  describe('compares times', () => {
    const shop = (perTry: number, service: ServiceCalls) => ({
      web: { calls: { shop: policy(perTry) } },
      shop: service,
      payment: {},
      search: {},
    });

    test('of a caller with all tries and waits of the one call behind', () => {
      const calls = { payment: policy(2, 2) }; // 6 seconds, 1 and 3 milliseconds
      expectProblems(shop(7, { calls }), []);
      expectProblems(shop(6, { calls }), [
        `web.calls.shop.timeout.perTry must cover what is waited for behind web -> shop (payment 6.004 seconds), got 6 seconds; ${BEHIND}`,
      ]);
    });

    test('of a caller with all calls behind, one after the other', () => {
      const calls = { payment: policy(3), search: policy(2) };
      expectProblems(shop(5, { calls }), []);
      expectProblems(shop(4, { calls }), [
        'web.calls.shop.timeout.perTry must cover what is waited for behind web -> shop ' +
          `(payment 3 seconds, search 2 seconds one after the other), got 4 seconds; ${BEHIND}`,
      ]);
    });

    test('of a caller with the slowest call behind, where they are made at once', () => {
      const calls = { payment: policy(3), search: policy(2) };
      expectProblems(shop(3, { calls, parallel: true }), []);
      expectProblems(shop(2, { calls, parallel: true }), [
        'web.calls.shop.timeout.perTry must cover what is waited for behind web -> shop ' +
          `(payment 3 seconds, search 2 seconds at once), got 2 seconds; ${BEHIND}`,
      ]);
    });

    test('of one try of a caller, and not of all its tries', () => {
      const services = { ...shop(9, { calls: { payment: policy(2) } }), web: { calls: { shop: policy(1, 2) } } };
      expectProblems(services, [
        `web.calls.shop.timeout.perTry must cover what is waited for behind web -> shop (payment 2 seconds), got 1 second; ${BEHIND}`,
      ]);
    });

    test('of the longest request of a service, which nobody may call', () => {
      const service = (longestRequest: number) => ({
        shop: { calls: { payment: policy(2) }, longestRequest: Duration.seconds(longestRequest) },
        payment: {},
      });
      expectProblems(service(2), []);
      expectProblems(service(1), [
        `shop.longestRequest must cover what is waited for behind shop (payment 2 seconds), got 1 second; ${BEHIND}`,
      ]);
    });

    test('of a caller with a call that may take for ever', () => {
      const endless = ResiliencePolicy.of({ allowEndlessWait: true });
      expectProblems(shop(60, { calls: { payment: endless } }), [
        `web.calls.shop.timeout.perTry must cover what is waited for behind web -> shop (payment for ever), got 1 minute; ${BEHIND}`,
      ]);
      const services = { ...shop(1, { calls: { payment: policy(60) } }), web: { calls: { shop: endless } } };
      expectProblems(services, []);
    });

    test('of every caller', () => {
      const services = { ...shop(1, { calls: { payment: policy(2) } }), app: { calls: { shop: policy(1) } } };
      expect(problemsOf(services)).toEqual([
        expect.stringMatching(/^web\.calls\.shop\.timeout/),
        expect.stringMatching(/^app\.calls\.shop\.timeout/),
      ]);
    });
  });

  describe('multiplies retries', () => {
    const layers = (first: number, second: number, third: number) => ({
      web: { calls: { shop: policy(99, first) } },
      shop: { calls: { payment: policy(9, second) } },
      payment: { calls: { bank: policy(1, third) } },
      bank: {},
    });

    test('and takes three tries of one layer, whichever it is', () => {
      expectProblems(layers(2, 0, 0), []);
      expectProblems(layers(0, 2, 0), []);
      expectProblems(layers(0, 0, 2), []);
    });

    test('and refuses four of one layer', () => {
      expectProblems(layers(0, 3, 0), [
        'shop.calls.payment.retry.retries must leave at most 3 tries of payment for one request, ' +
          `got 4 on web -> shop -> payment; ${ONE_LAYER}`,
      ]);
    });

    test('and refuses those of two layers, at the second', () => {
      expectProblems(layers(1, 0, 1), [
        'payment.calls.bank.retry.retries must leave at most 3 tries of bank for one request, ' +
          `got 2 x 2 = 4 on web -> shop -> payment -> bank; ${ONE_LAYER}`,
      ]);
    });

    test('and refuses the 64 tries of the SRE book, at each layer that makes it worse', () => {
      expectProblems(layers(3, 3, 3), [
        `web.calls.shop.retry.retries must leave at most 3 tries of shop for one request, got 4 on web -> shop; ${ONE_LAYER}`,
        'shop.calls.payment.retry.retries must leave at most 3 tries of payment for one request, ' +
          `got 4 x 4 = 16 on web -> shop -> payment; ${ONE_LAYER}`,
        'payment.calls.bank.retry.retries must leave at most 3 tries of bank for one request, ' +
          `got 4 x 4 x 4 = 64 on web -> shop -> payment -> bank; ${ONE_LAYER}`,
      ]);
    });

    test('and takes what was allowed', () => {
      expectProblems(layers(3, 3, 3), [], { maxTries: 64 });
      expect(problemsOf(layers(3, 3, 3), { maxTries: 63 })).toHaveLength(1);
    });

    test('on the worst way to a service, whichever comes first', () => {
      const services = {
        good: { calls: { shop: policy(99) } },
        bad: { calls: { shop: policy(99, 1) } },
        fine: { calls: { shop: policy(99) } },
        shop: { calls: { payment: policy(1, 1) } },
        payment: {},
      };
      expectProblems(services, [
        'shop.calls.payment.retry.retries must leave at most 3 tries of payment for one request, ' +
          `got 2 x 2 = 4 on bad -> shop -> payment; ${ONE_LAYER}`,
      ]);
    });

    test('beside a circle, which has no end to multiply to', () => {
      const endless = ResiliencePolicy.of({ allowEndlessWait: true });
      const services = { ...layers(1, 1, 0), a: { calls: { b: endless } }, b: { calls: { a: endless } } };
      expect(problemsOf(services)).toEqual([
        expect.stringMatching(/^a\.calls must not lead back to it/),
        expect.stringMatching(/^shop\.calls\.payment\.retry\.retries/),
      ]);
    });
  });

  test('names everything that is wrong at once, each with its path', () => {
    const services = {
      web: { calls: { shop: policy(1, 2) } },
      shop: { calls: { payment: policy(2, 2), serch: policy(1) } },
      payment: { calls: { bank: policy(1) } },
      bank: { calls: { payment: policy(9) } },
      search: {},
    };
    expect(problemsOf(services)).toEqual([
      expect.stringMatching(/^shop\.calls\.serch must name/),
      expect.stringMatching(/^payment\.calls must not lead back to it, got payment -> bank -> payment;/),
      expect.stringMatching(/^web\.calls\.shop\.timeout\.perTry .* web -> shop/),
      expect.stringMatching(/^payment\.calls\.bank\.timeout\.perTry .* payment -> bank/),
      expect.stringMatching(/^shop\.calls\.payment\.retry\.retries .* web -> shop -> payment/),
    ]);
  });

  test('says every sentence that it has', () => {
    const sentences = sentencesIn('intent/call-graph');
    expect(sentences.length).toBeGreaterThan(4);
    expect(sentences.filter((sentence) => !said.some((problem) => sentence.test(problem)))).toEqual([]);
  });
});

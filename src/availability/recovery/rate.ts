import { type Duration, inMilliseconds } from '../../units';
import { shown } from '../../validation';
import { checkedAmount } from '../checks';
import { amountText } from './amount-text';

/** What a {@link Rate} counts in; a month is a twelfth of a year of 365 days: 730 hours. */
export type RatePeriod = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

const HOURS: Readonly<Record<RatePeriod, number>> = {
  second: 1 / 3600,
  minute: 1 / 60,
  hour: 1,
  day: 24,
  week: 168,
  month: 730,
  year: 8760,
};

const SHORT: Readonly<Record<string, RatePeriod>> = {
  s: 'second',
  min: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  mo: 'month',
  y: 'year',
};

const MULTIPLES: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9 };

/** So much in a time: revenue a month, transactions an hour. It knows no currency. */
export class Rate {
  /**
   * So much in each period: `Rate.per('month', 1_000_000)`.
   *
   * @param amount zero or more
   * @throws RangeError when the amount is no such number, or the period none
   */
  public static per(period: RatePeriod, amount: number): Rate {
    if (typeof period !== 'string' || !Object.hasOwn(HOURS, period)) {
      throw new RangeError(`period must be one of ${Object.keys(HOURS).join(', ')}, got ${shown(period)}; name one`);
    }
    return new Rate(checkedAmount('amount', amount, 0, 'say how much comes in a time'), period);
  }

  /**
   * A rate as people write it: `'1M/month'`, `'$100M/year'`, `'1,000 per hour'`, `'2.5k/day'`.
   *
   * @throws RangeError when it does not read so
   */
  public static parse(text: string): Rate {
    const pattern = /^\s*[$€£]?\s*(\d[\d,_]*(?:\.\d+)?)\s*([kmb])?\s*(?:\/|per\s)\s*([a-z]+)\s*$/i;
    const [, digits = '', multiple = '', unit = ''] = pattern.exec(String(text)) ?? [];
    const period = periodOf(unit.toLowerCase().replace(/(..)s$/, '$1'));
    const amount = Number(digits.replace(/[,_]/g, '')) * (MULTIPLES[multiple.toLowerCase()] ?? 1);
    if (digits === '' || period === undefined || !Number.isFinite(amount)) {
      throw new RangeError(`a rate must read like 1M/month, 250k/year or 1000/hour, got ${shown(text)}`);
    }
    return new Rate(amount, period);
  }

  /** How much, in one {@link period}. */
  public readonly amount: number;

  /** The time in which it comes. */
  public readonly period: RatePeriod;

  private constructor(amount: number, period: RatePeriod) {
    this.amount = amount;
    this.period = period;
  }

  /** How much comes in a time: 1,000,000 a month are 1,369.86 in an hour. */
  public over(time: Duration): number {
    return (this.amount * inMilliseconds(time)) / (HOURS[this.period] * 3_600_000);
  }

  /** The same rate, counted in another period. */
  public in(period: RatePeriod): Rate {
    return Rate.per(period, (this.amount / HOURS[this.period]) * HOURS[period]);
  }

  /** "1,000,000 a month". */
  public toString(): string {
    return `${amountText(this.amount)} ${this.period === 'hour' ? 'an' : 'a'} ${this.period}`;
  }
}

/** The period of a word; words of JavaScript's own, such as `constructor`, are none. */
function periodOf(word: string): RatePeriod | undefined {
  if (Object.hasOwn(SHORT, word)) return SHORT[word];
  return Object.hasOwn(HOURS, word) ? (word as RatePeriod) : undefined;
}

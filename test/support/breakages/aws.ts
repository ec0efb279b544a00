import type { AwsProps } from 'nines/aws';
import { type Breakage, TOKEN, UNKNOWN } from './breakage';

const LONG = 'x'.repeat(257);

/** Ways to break the provider, which every AWS construct takes. */
export const PROVIDER: readonly Breakage<object>[] = [
  {
    what: 'the name of a provider in place of the provider',
    set: { provider: 'aws.frankfurt' },
    says: "provider must be an AwsProvider, got 'aws.frankfurt'; pass the provider itself, not its name",
  },
];

/** Ways to break what every AWS construct that makes something takes. */
export const AWS: readonly Breakage<AwsProps>[] = [
  ...PROVIDER,
  {
    what: 'allowDestroy as text, as environment variables hold it',
    set: { allowDestroy: 'false' },
    says: "allowDestroy must be true or false, got 'false'; compare text, as in process.env.NAME === 'true'",
  },
  {
    what: 'allowDestroy known only after deployment',
    set: { allowDestroy: UNKNOWN.object },
    says: `allowDestroy must be true or false, got ${TOKEN}; compare text, as in process.env.NAME === 'true'`,
  },
  {
    what: 'tags known only after deployment',
    set: { tags: UNKNOWN.object },
    says: `tags must be known at synthesis, got ${TOKEN}; write the tags itself`,
  },
  {
    what: 'tags as a list',
    set: { tags: ['team', 'shop'] },
    says: "tags must be an object, got 'team', 'shop'; write it as in { … }",
  },
  {
    what: 'a tag key that AWS keeps for itself',
    set: { tags: { 'aws:team': 'shop' } },
    says: "tags must have keys of 1 to 128 characters that do not start with 'aws:', got 'aws:team'; rename it",
  },
  {
    what: 'an empty tag key',
    set: { tags: { '': 'shop' } },
    says: "tags must have keys of 1 to 128 characters that do not start with 'aws:', got ''; rename it",
  },
  {
    what: 'a tag that was read from an environment variable that is not set',
    set: { tags: { team: undefined } },
    says: "tags['team'] must be text of at most 256 characters, got undefined; shorten it",
  },
  {
    what: 'a tag value longer than AWS keeps',
    set: { tags: { team: LONG } },
    says: `tags['team'] must be text of at most 256 characters, got '${'x'.repeat(57)}…'; shorten it`,
  },
  {
    what: 'a tag key of signs that IAM does not take',
    set: { tags: { 'cost&centre': '7' } },
    says: "tags must have keys of letters, digits, spaces and _ . : / = + - @, got 'cost&centre'; rename it",
  },
  {
    what: 'a tag value of signs that IAM does not take',
    set: { tags: { team: 'shop & web' } },
    says: "tags['team'] must be text of letters, digits, spaces and _ . : / = + - @, got 'shop & web'; replace the others",
  },
  {
    what: 'a tag key beside the Name that nines sets',
    set: { tags: { name: 'shop' } },
    says: "tags must have keys that differ in more than case, got 'name' beside 'Name'; keep one spelling",
  },
  {
    what: 'more tags than AWS keeps',
    set: { tags: Object.fromEntries(Array.from({ length: 46 }, (_, count) => [`key-${count}`, 'x'])) },
    says: 'tags must be at most 45, got 46; AWS keeps 50, nines sets some itself',
  },
];

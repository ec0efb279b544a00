import type { MultiAZClusterProps } from 'nines/aws';
import { type Breakage, TOKEN, UNKNOWN } from './breakage';

type Row = Breakage<MultiAZClusterProps>;

const ROLE = 'arn:aws:iam::123456789012:role/operators';
const VALID = { principalArn: ROLE, policy: 'AmazonEKSViewPolicy' };

/** Access of somebody called `ops`, of which something is wrong. */
const ops = (wrong: object): Row['set'] => ({ access: { ops: { ...VALID, ...wrong } } });

const principal = (got: string) =>
  `access['ops'].principalArn must be the ARN of one IAM role or user, got ${got}; ` +
  "write it as in 'arn:aws:iam::123456789012:role/operators'";

const PRINCIPALS = [
  ['a whole account', 'arn:aws:iam::123456789012:root'],
  ['an account by its number', '123456789012'],
  ['everybody', '*'],
  ['every role of an account', 'arn:aws:iam::123456789012:role/*'],
  ['a session', 'arn:aws:sts::123456789012:assumed-role/operators/me'],
  ['a group of IAM', 'arn:aws:iam::123456789012:group/operators'],
  [
    'a role of a service',
    'arn:aws:iam::123456789012:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS',
  ],
] as const;

const groups = (got: string) =>
  `access['ops'].groups must hold Kubernetes groups that do not start with 'system:', got ${got}; name a group of your own`;

/** Every way to break `access`. */
export const ACCESS: readonly Row[] = [
  {
    what: 'access as a list',
    set: { access: [VALID] },
    says: 'access must be an object, got an object; write it as in { … }',
  },
  {
    what: 'access known only after deployment',
    set: { access: UNKNOWN.object },
    says: `access must be known at synthesis, got ${TOKEN}; write the object itself`,
  },
  {
    what: 'access of a name that no construct can have',
    set: { access: { 'the/operators': VALID } },
    says: "access must have names of letters, digits and hyphens, got 'the/operators'; rename it",
  },
  {
    what: 'an ARN in place of what it may do',
    set: { access: { ops: ROLE } },
    says: `access['ops'] must be an object, got '${ROLE}'; write it as in { … }`,
  },
  ...PRINCIPALS.map(
    ([whom, principalArn]): Row => ({
      what: `access of ${whom}`,
      set: ops({ principalArn }),
      says: principal(principalArn.length > 60 ? `'${principalArn.slice(0, 57)}…'` : `'${principalArn}'`),
    }),
  ),
  { what: 'access of nobody', set: ops({ principalArn: undefined }), says: principal('undefined') },
  {
    what: 'access to nothing',
    set: ops({ policy: undefined }),
    says: "access['ops'] must have a policy or groups, got neither; say what may be done",
  },
  {
    what: 'a policy of IAM in place of one of EKS',
    set: ops({ policy: 'AdministratorAccess' }),
    says: "access['ops'].policy must be one of AmazonEKSClusterAdminPolicy, AmazonEKSAdminPolicy, AmazonEKSEditPolicy, AmazonEKSViewPolicy, AmazonEKSAdminViewPolicy, got 'AdministratorAccess'; take one of these",
  },
  {
    what: 'namespaces without a policy',
    set: ops({ policy: undefined, groups: ['readers'], namespaces: ['shop'] }),
    says: "access['ops'].namespaces must stand beside a policy, got none; groups are narrowed by their role bindings",
  },
  {
    what: 'no namespace',
    set: ops({ namespaces: [] }),
    says: "access['ops'].namespaces must name at least one, got none; leave it out",
  },
  {
    what: 'a namespace in place of a list of them',
    set: ops({ namespaces: 'shop' }),
    says: "access['ops'].namespaces must be a list, got 'shop'; write it as in [ … ]",
  },
  {
    what: 'a namespace of no name',
    set: ops({ namespaces: ['shop-*', 'Shop'] }),
    says: "access['ops'].namespaces must hold names of namespaces, got 'Shop'; write them as in 'shop'",
  },
  { what: 'a group of Kubernetes itself', set: ops({ groups: ['system:masters'] }), says: groups("'system:masters'") },
  { what: 'a group of no name', set: ops({ groups: [''] }), says: groups("''") },
  {
    what: 'one role twice',
    set: { access: { ops: VALID, readers: VALID } },
    says: `access must name a role or user once, got '${ROLE}' more than once; say in one place what it may do`,
  },
];

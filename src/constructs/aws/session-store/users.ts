import { ElasticacheUser } from '@cdktf/provider-aws/lib/elasticache-user';
import { ElasticacheUserGroup } from '@cdktf/provider-aws/lib/elasticache-user-group';
import { Construct } from 'constructs';
import { named } from '../aws-props';
import { uniqueName } from '../naming';
import type { Settings } from './props';

/**
 * What a client of sessions does: read and write keys, in transactions and scripts, and ask what client libraries ask.
 * Nothing that empties the store or changes its settings, and no channels. In this order, without a rule too many:
 * ElastiCache shortens what it is given, and the next plan would show that.
 */
const COMMANDS =
  'on ~* -@all +@read +@write +@connection +@transaction +@scripting -@dangerous ' +
  '+info +cluster|nodes +cluster|shards +cluster|slots';

/** The users of a store: one, who authenticates by IAM. No password is anywhere. */
export class IamUsers extends Construct {
  /** Id of the group. */
  public readonly groupId: string;
  /** ARN of the user. */
  public readonly userArn: string;
  /** Name of the user. */
  public readonly userName: string;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const { engine } = settings;
    const userName = uniqueName(this, 40); // IAM asks for an id equal to the name, ElastiCache lowers ids
    const user = new ElasticacheUser(this, 'User', {
      userId: userName,
      userName,
      engine,
      accessString: COMMANDS,
      authenticationMode: { type: 'iam' },
      ...named(this, 'User', settings),
    });
    const users = engine === 'redis' ? [this.closedDefault(settings), user] : [user];
    this.groupId = new ElasticacheUserGroup(this, 'Group', {
      userGroupId: uniqueName(this, 40),
      engine,
      userIds: users.map(({ userId }) => userId),
      ...named(this, 'Group', settings),
    }).userGroupId;
    this.userArn = user.arn;
    this.userName = userName;
  }

  /** Redis OSS has a user who may do everything without a password, unless the group brings another of that name. */
  private closedDefault(settings: Settings): ElasticacheUser {
    return new ElasticacheUser(this, 'Default', {
      userId: uniqueName(this, 32).concat('-default'),
      userName: 'default',
      engine: settings.engine,
      accessString: 'off ~keys* -@all +get',
      authenticationMode: { type: 'no-password-required' },
      ...named(this, 'Default', settings),
    });
  }
}

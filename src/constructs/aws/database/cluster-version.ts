import { DataAwsRdsEngineVersion } from '@cdktf/provider-aws/lib/data-aws-rds-engine-version';
import type { Construct } from 'constructs';
import type { PossibleSettings } from './parts';

/**
 * The version that a cluster is made with: for a major one, the minor one that RDS would choose.
 *
 * The major one alone would stay in the state, and AWS provider 5 sends what differs from the actual version with every
 * change of the cluster. RDS takes it for its default minor version, and refuses the change as soon as it has installed
 * a newer one itself (terraform-provider-aws#45026).
 */
export function clusterVersion(scope: Construct, settings: PossibleSettings): string {
  if (isPinned(settings)) return settings.engineVersion;
  const { support, engineVersion: version, provider } = settings;
  return new DataAwsRdsEngineVersion(scope, 'Version', { engine: support.engine, version, defaultOnly: true, provider })
    .versionActual;
}

/** The argument that RDS moves on by itself, unless it is pinned or being upgraded. */
export function versionOnce(settings: PossibleSettings): string[] {
  return isPinned(settings) || settings.maintenance.allowMajorVersionUpgrade ? [] : ['engine_version'];
}

/** Whether more than the major version is said: that is what the family of its parameter groups ends with. */
function isPinned({ support, engineVersion }: PossibleSettings): boolean {
  return !support.family(engineVersion).endsWith(engineVersion);
}

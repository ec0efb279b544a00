import { shown } from '../../validation';
import { isPlain, objectNameProblems } from './plain-text';

/** How a bucket is reached, and by whom. */
interface S3Access {
  readonly endpointUrl?: string;
  readonly credentialsSecretName?: string;
}

/** Every reason why a bucket cannot be reached so, one sentence each; what is left out has none. */
export function s3AccessProblems(prop: string, { endpointUrl, credentialsSecretName }: S3Access): string[] {
  return [
    ...(endpointUrl === undefined || isPlain(/^https?:\/\/[^\s?#]+$/, endpointUrl)
      ? []
      : [`${prop}.endpointUrl must be a URL, got ${shown(endpointUrl)}; write it as in 'https://s3.example.com'`]),
    ...objectNameProblems(`${prop}.credentialsSecretName`, credentialsSecretName),
  ];
}

/** The problem of the name of a region, as a list of none or one. */
export function regionProblems(prop: string, region: unknown): string[] {
  if (isPlain(/^[a-z0-9-]{1,63}$/, region)) return [];
  return [`${prop} must be the name of a region, got ${shown(region)}; write it as in 'eu-west-1'`];
}

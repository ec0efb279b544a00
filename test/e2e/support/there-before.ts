import type { Cloud } from './cloud';

/** What an application finds in its region. */
export interface ThereBefore {
  /** ARN of a certificate. */
  readonly CERTIFICATE: string;
  /** ARN of a topic. */
  readonly TOPIC: string;
  /** ARN of the secret of a database. */
  readonly SECRET: string;
  /** Id of an image. */
  readonly IMAGE: string;
}

/** Makes what an application finds in its region, by the names under which the examples read it. */
export async function thereIn(cloud: Cloud, region: string): Promise<ThereBefore> {
  const there = <Answer>(...args: string[]) => cloud.aws<Answer>(...args, '--region', region);
  const certificate = await there<{ CertificateArn: string }>(
    ...['acm', 'request-certificate', '--domain-name', 'shop.example.com'],
  );
  const topic = await there<{ TopicArn: string }>('sns', 'create-topic', '--name', 'on-call');
  const secret = await there<{ ARN: string }>(
    ...['secretsmanager', 'create-secret', '--name', 'shop', '--secret-string', '{"password":"correct horse 1"}'],
  );
  const { Images: images } = await there<{ Images: readonly { ImageId: string }[] }>(
    ...['ec2', 'describe-images', '--owners', 'amazon'],
  );
  return {
    CERTIFICATE: certificate.CertificateArn,
    TOPIC: topic.TopicArn,
    SECRET: secret.ARN,
    IMAGE: images[0]?.ImageId ?? '',
  };
}

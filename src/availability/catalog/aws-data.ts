import type { WrittenServiceLevel } from './service-level';

const RDS = {
  source: 'https://aws.amazon.com/rds/sla/',
  read: 'agreement',
  dated: '2024-01-22',
} as const;

const AURORA = {
  source: 'https://aws.amazon.com/rds/aurora/sla/',
  read: 'agreement',
  dated: '2022-05-19',
} as const;

const DSQL = {
  source: 'https://aws.amazon.com/rds/aurora/dsql/sla',
  read: 'agreement',
  dated: '2025-05-27',
} as const;

const ELASTICACHE = {
  source:
    'https://aws.amazon.com/blogs/database/introducing-99-99-availability-with-amazon-elasticache-for-redis-and-amazon-memorydb-for-redis/',
  read: 'documentation',
  dated: '2023-02-16',
} as const;

const MEMORYDB = {
  source: 'https://aws.amazon.com/memorydb/sla/',
  read: 'agreement',
  dated: '2024-12-01',
} as const;

const DYNAMODB = {
  source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-CoreConcepts.html',
  read: 'documentation',
} as const;

const DAX = {
  source: 'https://aws.amazon.com/dynamodbaccelerator/sla/',
  read: 'agreement',
  dated: '2024-05-20',
} as const;

const KEYSPACES = {
  source: 'https://aws.amazon.com/keyspaces/sla/',
  read: 'agreement',
  dated: '2023-05-24',
} as const;

const S3 = {
  source: 'https://aws.amazon.com/s3/sla/',
  read: 'agreement',
  dated: '2023-11-28',
} as const;

/** Data, and the keys to it. */
export const AWS_DATA: readonly WrittenServiceLevel[] = [
  {
    id: 'aws/rds-multi-az',
    service: 'Amazon RDS, Multi-AZ DB instance',
    percent: '99.95',
    conditions: 'Multi-AZ is on',
    ...RDS,
  },
  {
    id: 'aws/rds-multi-az-cluster',
    service: 'Amazon RDS, Multi-AZ DB cluster',
    percent: '99.95',
    conditions: 'one writer and two readable standbys',
    ...RDS,
  },
  {
    id: 'aws/rds-single',
    service: 'Amazon RDS, Single-DB instance',
    percent: '99.5',
    conditions: 'Multi-AZ is off',
    ...RDS,
  },
  {
    id: 'aws/aurora-multi-az',
    service: 'Amazon Aurora, several zones',
    percent: '99.99',
    conditions: 'instances of the cluster stand in two or more zones',
    ...AURORA,
  },
  {
    id: 'aws/aurora-single-az',
    service: 'Amazon Aurora, one zone',
    percent: '99.9',
    conditions: 'all instances of the cluster stand in one zone',
    ...AURORA,
  },
  {
    id: 'aws/dsql-multi-region',
    service: 'Amazon Aurora DSQL, several regions',
    percent: '99.999',
    conditions: 'a multi-region cluster of peered regions',
    ...DSQL,
  },
  {
    id: 'aws/dsql',
    service: 'Amazon Aurora DSQL, one region',
    percent: '99.99',
    conditions: 'a single-region cluster',
    ...DSQL,
  },
  {
    id: 'aws/dynamodb-global',
    service: 'Amazon DynamoDB, global table',
    percent: '99.999',
    conditions: 'a table replicated to other regions; the agreement says when a request counts',
    ...DYNAMODB,
  },
  {
    id: 'aws/dynamodb',
    service: 'Amazon DynamoDB, table of one region',
    percent: '99.99',
    conditions: 'per region',
    ...DYNAMODB,
  },
  {
    id: 'aws/dax-multi-az',
    service: 'DynamoDB Accelerator, several zones',
    percent: '99.99',
    conditions: 'a Multi-AZ cluster',
    ...DAX,
  },
  {
    id: 'aws/dax-single-az',
    service: 'DynamoDB Accelerator, one zone',
    percent: '99.5',
    conditions: 'a Single-AZ cluster',
    ...DAX,
  },
  {
    id: 'aws/keyspaces-multi-region',
    service: 'Amazon Keyspaces, several regions',
    percent: '99.999',
    conditions: 'a table with multi-region replication',
    ...KEYSPACES,
  },
  {
    id: 'aws/keyspaces',
    service: 'Amazon Keyspaces, one region',
    percent: '99.99',
    conditions: 'per region',
    ...KEYSPACES,
  },
  {
    id: 'aws/elasticache-multi-az',
    service: 'Amazon ElastiCache for Redis, Multi-AZ',
    percent: '99.99',
    conditions: 'a Multi-AZ configuration that the agreement does not count as previous generation',
    ...ELASTICACHE,
  },
  {
    id: 'aws/elasticache-previous-multi-az',
    service: 'Amazon ElastiCache for Redis, Multi-AZ, previous generation',
    percent: '99.9',
    conditions: 'a Multi-AZ configuration that the agreement counts as previous generation',
    ...ELASTICACHE,
  },
  {
    id: 'aws/elasticache-single-az',
    service: 'Amazon ElastiCache for Redis, one zone',
    percent: '99.5',
    conditions: 'a Single-AZ configuration',
    ...ELASTICACHE,
  },
  {
    id: 'aws/elasticache-serverless',
    service: 'Amazon ElastiCache Serverless',
    percent: '99.99',
    conditions: 'stores data over three zones by itself',
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/WhatIs.deployment.html',
    read: 'documentation',
  },
  {
    id: 'aws/memorydb-multi-region',
    service: 'Amazon MemoryDB, several regions',
    percent: '99.999',
    conditions: 'a Multi-Region configuration',
    ...MEMORYDB,
  },
  {
    id: 'aws/memorydb-multi-az',
    service: 'Amazon MemoryDB, several zones',
    percent: '99.99',
    conditions: 'a Multi-AZ configuration',
    ...MEMORYDB,
  },
  {
    id: 'aws/memorydb-single-az',
    service: 'Amazon MemoryDB, one zone',
    percent: '99.5',
    conditions: 'a Single-AZ configuration',
    ...MEMORYDB,
  },
  {
    id: 'aws/s3',
    service: 'Amazon S3 (Standard, Express One Zone, Glacier Flexible Retrieval, Glacier Deep Archive)',
    percent: '99.9',
    conditions: 'requests to these storage classes, by region; of Express One Zone by zone',
    ...S3,
  },
  {
    id: 'aws/s3-infrequent',
    service: 'Amazon S3 (Intelligent-Tiering, Standard-IA, One Zone-IA, Glacier Instant Retrieval)',
    percent: '99.0',
    conditions: 'requests to these storage classes, by region',
    ...S3,
  },
  {
    id: 'aws/kms',
    service: 'AWS Key Management Service',
    percent: '99.999',
    conditions: 'per region',
    source: 'https://aws.amazon.com/kms/sla/',
    read: 'agreement',
    dated: '2022-11-29',
  },
];

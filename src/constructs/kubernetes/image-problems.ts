import { shown } from '../../validation';
import { isPlain } from './plain-text';

const WITH_DIGEST = /^[^@\s]+@sha256:[0-9a-f]{64}$/;
const WITH_TAG = /^[^@\s]*[^@\s:/]:(?!latest$)\w[\w.-]{0,127}$/;

/** The problem of an image that does not say which one it is, as a list of none or one. */
export function imageProblems(prop: string, image: unknown): string[] {
  if (isPlain(WITH_DIGEST, image) || isPlain(WITH_TAG, image)) return [];
  return [
    `${prop} must name a tag other than 'latest', or a digest, got ${shown(image)}; ` +
      "write it as in 'registry.example.com/shop:1.4.2', or a rollback returns to what failed",
  ];
}

import { type Size, SizeRoundingBehavior } from 'cdk8s/lib/size';

/** A size in MiB, with a fraction where it has one: what `Size` itself refuses. */
export function inMebibytes(size: Size): number {
  return size.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) / 1024;
}

export * from './breakage';
export { EXISTING_NETWORK } from './existing-network';
export { MADE_NETWORK } from './made-network';
export { sentencesIn } from './sentences';
export { TIER } from './tier';
export { draftOf, type TierDraft, tierProps } from './tier-draft';

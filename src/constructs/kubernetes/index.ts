export { HAWebTier } from './ha-web-tier';
export type {
  GatewayExposure,
  IngressExposure,
  PodContainer,
  PodResources,
  SecretKey,
  Sidecar,
  WebTierNodes,
} from './web-tier/prop-parts';
export type { HAWebTierProps } from './web-tier/props';

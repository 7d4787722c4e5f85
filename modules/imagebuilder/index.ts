export {
  ImageComponent,
  type ActionStep,
  type ComponentStep,
  type ComponentSteps,
  type ImageComponentProps,
} from "./image-component";
export type { ImageDistribution } from "./image-distribution";
export { ImagePipeline } from "./image-pipeline";
export type {
  ComponentByArn,
  ImagePipelineProps,
  ImageSchedule,
  ManagedComponent,
  ManagedComponentName,
} from "./image-pipeline-props";
export type { ManagedImage, ManagedImageName, ParentImage } from "./parent-image";

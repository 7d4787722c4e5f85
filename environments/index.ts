import { dev } from "./dev";
import { prod } from "./prod";
import { staging } from "./staging";
import { validateEnvironments } from "./validate";

/** Every environment, checked, in the order of promotion. */
export const environments = validateEnvironments([dev, staging, prod]);

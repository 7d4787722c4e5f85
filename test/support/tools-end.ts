import { randomProviderOfTheTests } from "./tools";

/** After the end-to-end tests: nothing that was started for them goes on. */
export default function endTools(): void {
  randomProviderOfTheTests()?.stop();
}

"use strict";
const Sequencer = require("@jest/test-sequencer").default;

/*
 * End-to-end tests wait more than they work, so several run side by side; what takes longest begins first, or the last of them would run alone.
 * Without a list jest takes the largest files first, as long as it has not timed them itself.
 */
const LONGEST = ["up", "rds", "aurora", "web", "network", "import", "secrets", "data-stores", "cdktf", "connections"];

const place = ({ path }) => {
  const index = LONGEST.findIndex((name) => path.endsWith(`${name}.e2e.ts`));
  return index === -1 ? LONGEST.length : index;
};

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => place(one) - place(other));
  }
};

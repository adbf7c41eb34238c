// `npx plop` lists and runs the same generators as `slipway`; npm install has built dist/.
import { startBundle } from './bin/bundle.js';

const { registerWithPlop } = await startBundle().plop();

export default registerWithPlop;

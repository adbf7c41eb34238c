// `npx plop` lists and runs the same generators as `slipway`; npm install has built dist/.
import { loadBundle } from './bin/bundle.js';

const { registerWithPlop } = await loadBundle().exports.plop();

export default registerWithPlop;

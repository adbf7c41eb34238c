// `npx plop` lists and runs the same generators as `slipway`; npm install has built dist/.
import { registerWithPlop } from './dist/plop.js';

export default registerWithPlop;

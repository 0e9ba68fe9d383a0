// axe-core finds nothing.
import { axeFindsNothing } from './axe.mjs';
import { onEach } from './browser.mjs';
import { inTurn, samples, several } from './site.mjs';

onEach('axe, wide and light', several, { colorScheme: 'light' }, axeFindsNothing);
onEach('axe, wide and dark', samples, { colorScheme: 'dark' }, axeFindsNothing);
onEach('axe, 360 px and dark', inTurn, { colorScheme: 'dark', viewport: { width: 360, height: 800 } }, axeFindsNothing);
onEach('axe, narrow and light', samples, { colorScheme: 'light', viewport: { width: 320, height: 640 } }, axeFindsNothing);

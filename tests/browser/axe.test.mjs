// axe-core finds nothing.
import { axeFindsNothing } from './axe.mjs';
import { onEach } from './browser.mjs';
import { pages, samples } from './site.mjs';

/** Lists that are chosen from a section are alike: the largest of each section stands for them. */
const unlike = pages.filter((page) => !page.kind.endsWith('/…') || samples.includes(page));

onEach('axe, wide and light', unlike, { colorScheme: 'light' }, axeFindsNothing);
onEach('axe, wide and dark', samples, { colorScheme: 'dark' }, axeFindsNothing);
onEach('axe, narrow and light', samples, { colorScheme: 'light', viewport: { width: 320, height: 640 } }, axeFindsNothing);

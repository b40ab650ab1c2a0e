/** Writes the stacks of an environment with twelve catalogs to the folder that `CDKTF_OUTDIR` names. */
import { synthesize } from '../../stacks';
import { productionWith } from './catalogs';

synthesize('production', productionWith(12), process.env.CDKTF_OUTDIR ?? 'cdktf.out');

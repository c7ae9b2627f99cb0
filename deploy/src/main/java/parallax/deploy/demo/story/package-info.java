/**
 * What happened in reality, how the small internet repeats it, and what Parallax has to say about
 * it. Knows the small internet and nothing of how stories are run.
 */
@NullMarked
package parallax.deploy.demo.story;

import org.jspecify.annotations.NullMarked;

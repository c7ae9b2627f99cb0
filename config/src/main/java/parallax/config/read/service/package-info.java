/** URLs of services other than the web, and the {@code service} block. */
@NullMarked
package parallax.config.read.service;

import org.jspecify.annotations.NullMarked;
